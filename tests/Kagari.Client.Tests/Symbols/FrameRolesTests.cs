using Kagari.Client.Symbols;

namespace Kagari.Client.Tests.Symbols;

public sealed class FrameRolesTests
{
    [Theory]
    [InlineData("System.Runtime.CompilerServices.AsyncTaskMethodBuilder`1+AsyncStateMachineBox`1[System.Threading.Tasks.VoidTaskResult,Shop.Cart+<AddAsync>d__1]", "MoveNext", FrameRole.Infrastructure)]
    [InlineData("System.Threading.ExecutionContext", "RunInternal", FrameRole.Infrastructure)]
    [InlineData("System.Threading.ThreadPoolWorkQueue", "Dispatch", FrameRole.Infrastructure)]
    [InlineData("System.Threading.PortableThreadPool+WorkerThread", "WorkerThreadStart", FrameRole.Infrastructure)]
    [InlineData("System.Threading.Thread", "StartCallback", FrameRole.Infrastructure)]
    [InlineData("System.Threading.Tasks.Task", "RunContinuations", FrameRole.Infrastructure)]
    [InlineData("System.Threading.Tasks.Task", "WaitAll", FrameRole.Code)]
    [InlineData("System.Threading.Monitor", "Wait", FrameRole.Wait)]
    [InlineData("System.Threading.Monitor", "Enter", FrameRole.Code)]
    [InlineData("System.Threading.WaitHandle", "WaitOneNoCheck", FrameRole.Wait)]
    [InlineData("System.Threading.LowLevelLifoSemaphore", "WaitForSignal", FrameRole.Wait)]
    [InlineData("System.Threading.ExecutionContextOfMine", "Run", FrameRole.Code)]
    [InlineData("Shop.Cart", "Wait", FrameRole.Code)]
    [InlineData("Shop.Cart`1[System.Threading.ExecutionContext]", "Add", FrameRole.Code)]
    [InlineData("", "", FrameRole.Code)]
    internal void Of_EachKindOfMethod_IsItsRole(string type, string method, FrameRole role) => FrameRoles.Of(type, method).ShouldBe(role);
}
