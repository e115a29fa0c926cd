namespace Kagari.Client.Symbols;

/// <summary>Which methods are infrastructure, and which wait: a table, so that a new runtime's are a new line.</summary>
internal static class FrameRoles
{
    /// <summary>Types all of whose methods only pass execution on.</summary>
    private static readonly string[] s_infrastructureTypes =
    [
        "System.Runtime.CompilerServices.AsyncMethodBuilderCore",
        "System.Runtime.CompilerServices.AsyncTaskMethodBuilder",
        "System.Runtime.CompilerServices.AsyncValueTaskMethodBuilder",
        "System.Runtime.CompilerServices.AsyncVoidMethodBuilder",
        "System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder",
        "System.Runtime.CompilerServices.TaskAwaiter",
        "System.Runtime.CompilerServices.ConfiguredTaskAwaitable",
        "System.Runtime.CompilerServices.ConfiguredValueTaskAwaitable",
        "System.Runtime.CompilerServices.YieldAwaitable",
        "System.Threading.ExecutionContext",
        "System.Threading.ThreadPoolWorkQueue",
        "System.Threading.PortableThreadPool",
        "System.Threading.QueueUserWorkItemCallback",
        "System.Threading.QueueUserWorkItemCallbackDefaultContext",
        "System.Threading.WindowsThreadPool",
        "System.Threading.Tasks.AwaitTaskContinuation",
        "System.Threading.Tasks.TaskContinuation",
        "System.Threading.Tasks.ContinueWithTaskContinuation",
        "System.Threading.Tasks.StandardTaskContinuation",
        "System.Threading.Tasks.SynchronizationContextAwaitTaskContinuation",
        "System.Threading.Tasks.TaskSchedulerAwaitTaskContinuation",
        "System.Threading.Tasks.UnwrapPromise",
        "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore",
    ];

    private static readonly (string Type, string Method)[] s_infrastructure =
    [
        ("System.Threading.Thread", "StartCallback"),
        ("System.Threading.Thread+StartHelper", ""),
        ("System.Threading.Tasks.Task", "ExecuteWithThreadLocal"),
        ("System.Threading.Tasks.Task", "ExecuteEntryUnsafe"),
        ("System.Threading.Tasks.Task", "ExecuteEntry"),
        ("System.Threading.Tasks.Task", "ExecuteFromThreadPool"),
        ("System.Threading.Tasks.Task", "InnerInvoke"),
        ("System.Threading.Tasks.Task", "Execute"),
        ("System.Threading.Tasks.Task", "RunContinuations"),
        ("System.Threading.Tasks.Task", "FinishContinuations"),
        ("System.Threading.Tasks.Task", "FinishStageThree"),
        ("System.Threading.Tasks.Task", "Finish"),
        ("System.Threading.Tasks.Task`1", "TrySetResult"),
        ("System.Threading.Tasks.Task`1", "InnerInvoke"),
    ];

    private static readonly (string Type, string Method)[] s_waits =
    [
        ("System.Threading.Monitor", "Wait"),
        ("System.Threading.Monitor", "ObjWait"),
        ("System.Threading.Monitor", "Enter_Slowpath"),
        ("System.Threading.Thread", "Sleep"),
        ("System.Threading.Thread", "SleepInternal"),
        ("System.Threading.Thread", "Join"),
        ("System.Threading.WaitHandle", ""),
        ("System.Threading.WaitSubsystem", ""),
        ("System.Threading.LowLevelLifoSemaphore", ""),
        ("System.Threading.LowLevelLifoSemaphoreBase", ""),
        ("System.Threading.LowLevelMonitor", ""),
        ("System.Threading.LowLevelLock", ""),
        ("System.Threading.Condition", "Wait"),
        ("System.Threading.Lock", "TryEnterSlow"),
        ("System.Net.Sockets.SocketAsyncEngine", "EventLoop"),
        ("System.Threading.PortableThreadPool+IOCompletionPoller", "Poll"),
        ("Interop+Sys", "WaitForSocketEvents"),
        ("Interop+Sys", "LowLevelMonitor_Wait"),
        ("Interop+Sys", "LowLevelMonitor_TimedWait"),
        ("Interop+Sys", "LowLevelMonitor_Acquire"),
        ("Interop+Sys", "Poll"),
        ("Interop+Sys", "Accept"),
        ("Interop+Sys", "WaitPid"),
    ];

    /// <summary>The role of a method.</summary>
    /// <param name="type">Its type, as the runtime writes it.</param>
    /// <param name="method">Its name.</param>
    public static FrameRole Of(ReadOnlySpan<char> type, ReadOnlySpan<char> method)
    {
        // Arguments of generic types do not matter; nested types belong to the one around them.
        if (type.IndexOf('[') is > 0 and var bracket) type = type[..bracket];
        foreach (var (waitType, name) in s_waits)
            if (IsIn(type, waitType) && (name.Length == 0 || method.SequenceEqual(name))) return FrameRole.Wait;
        foreach (var name in s_infrastructureTypes)
            if (IsIn(type, name)) return FrameRole.Infrastructure;
        foreach (var (taskType, name) in s_infrastructure)
            if (type.SequenceEqual(taskType) && (name.Length == 0 || method.SequenceEqual(name))) return FrameRole.Infrastructure;
        return FrameRole.Code;
    }

    /// <summary>Whether a type is this one, with any number of arguments, or within it.</summary>
    private static bool IsIn(ReadOnlySpan<char> type, ReadOnlySpan<char> outer) =>
        type.StartsWith(outer, StringComparison.Ordinal) && (type.Length == outer.Length || type[outer.Length] is '+' or '`');
}
