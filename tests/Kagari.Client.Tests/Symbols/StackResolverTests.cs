using Kagari.Client.Symbols;
using Kagari.Profiles;

namespace Kagari.Client.Tests.Symbols;

/// <summary>Stacks as drawings: addresses leaf first, frames root first.</summary>
public sealed class StackResolverTests
{
    private readonly MethodTable _methods = new(new NativeModules());
    private readonly FlatProfile _profile = new();

    public StackResolverTests()
    {
        Add(0x1000, 0x100, "Shop.Cart", "Pay");
        Add(0x2000, 0x100, "Shop.Cart+<PayAsync>d__3", "MoveNext");
        Add(0x3000, 0x100, "Shop.Cart", "PayAsync");
        Add(0x4000, 0x100, "System.Threading.ExecutionContext", "RunInternal");
        Add(0x5000, 0x100, "System.Threading.Thread", "PollGCWorker");
        Add(0x6000, 0x100, "Shop.Cart", "Pay");   // compiled again
        Add(0x7000, 0x100, "System.Threading.Monitor", "Wait");
        Add(0x8000, 0x100, "Program", "Main");
    }

    [Fact]
    public void Resolve_MethodsAndWhatIsBetween_AreMethodsOnly() => Draw(true, 0x1010, 0x9999, 0x8010).ShouldBe("Program.Main;Shop.Cart.Pay");

    [Fact]
    public void Resolve_ReturnAddressBehindTheLastInstruction_IsTheMethodThatCalled() => Draw(true, 0x1010, 0x8100).ShouldBe("Program.Main;Shop.Cart.Pay");

    [Fact]
    public void Resolve_Infrastructure_IsLeftOutOrNot()
    {
        Draw(true, 0x1010, 0x2010, 0x4010, 0x8010).ShouldBe("Program.Main;Shop.Cart.PayAsync;Shop.Cart.Pay");
        Draw(false, 0x1010, 0x2010, 0x4010, 0x8010).ShouldBe("Program.Main;System.Threading.ExecutionContext.RunInternal;Shop.Cart.PayAsync;Shop.Cart.Pay");
    }

    [Fact]
    public void Resolve_NothingButInfrastructure_IsThat() => Draw(true, 0x4010).ShouldBe("System.Threading.ExecutionContext.RunInternal");

    [Fact]
    public void Resolve_AsyncMethodThatHasNotWaitedYet_IsOneFrame()
    {
        Draw(true, 0x1010, 0x2010, 0x3010, 0x8010).ShouldBe("Program.Main;Shop.Cart.PayAsync;Shop.Cart.Pay");
        Draw(true, 0x2010, 0x3010, 0x2020, 0x3020).ShouldBe("Shop.Cart.PayAsync;Shop.Cart.PayAsync", "it calls itself");
    }

    [Fact]
    public void Resolve_WhereTheRuntimeStopsThreads_IsLeftOutAtTheLeafOnly() => Draw(true, 0x5010, 0x1010, 0x8010).ShouldBe("Program.Main;Shop.Cart.Pay");

    [Fact]
    public void Resolve_OldCodeOfAMethodBelowItsNewOne_IsOneFrame() => Draw(true, 0x6010, 0x1010, 0x8010).ShouldBe("Program.Main;Shop.Cart.Pay");

    [Fact]
    public void Resolve_MethodThatCallsItself_KeepsEveryCall() => Draw(true, 0x1010, 0x1020, 0x1030).ShouldBe("Shop.Cart.Pay;Shop.Cart.Pay;Shop.Cart.Pay");

    [Fact]
    public void Resolve_NoMethod_IsEmpty() => Draw(true, 0x9999, 0xaaaa).ShouldBe("");

    [Fact]
    public void IsWaiting_LeafThatWaits_OnlyThere()
    {
        _methods.Refresh();
        var resolver = Resolver(fold: true);
        resolver.IsWaiting([0x7010, 0x1010]).ShouldBeTrue();
        resolver.IsWaiting([0x1010, 0x7010]).ShouldBeFalse();
        resolver.IsWaiting([]).ShouldBeFalse();
    }

    [Fact]
    public void Find_MethodCompiledAhead_ReachesToTheNextThatEverRan()
    {
        AddEntryPoint(0x20000, "Framework.First", "Run");
        AddEntryPoint(0x20400, "Framework.Second", "Run");
        Draw(true, 0x203ff).ShouldBe("Framework.First.Run");
        Draw(true, 0x20400).ShouldBe("Framework.Second.Run");
        Draw(true, 0x20401 + (64 << 10)).ShouldBe("", "no method is that long");
    }

    [Fact]
    public void Find_MethodCompiledAheadToldLast_DoesNotReachOverOthers()
    {
        Add(0x30100, 0x80, "Framework.Inner", "Run");
        AddEntryPoint(0x30000, "Framework.Outer", "Run");
        Draw(true, 0x300ff).ShouldBe("Framework.Outer.Run");
        Draw(true, 0x30100).ShouldBe("Framework.Inner.Run");
        Draw(true, 0x30200).ShouldBe("");
    }

    [Fact]
    public void Refresh_CodeThatWasReplacedAgainAndAgain_IsForgotten()
    {
        for (var i = 0; i < 30_000; i++) Add(0x50000, 0x40, "DynamicClass", $"lambda_method{i}");
        _methods.Refresh().ShouldBeTrue("numbers have changed");
        _methods.Methods.Count.ShouldBeLessThan(100);
        Draw(true, 0x50010, 0x2010, 0x8010).ShouldBe("Program.Main;Shop.Cart.PayAsync;DynamicClass.lambda_method29999");
        Draw(true, 0x7010, 0x6010).ShouldBe("Shop.Cart.Pay;System.Threading.Monitor.Wait");
        Resolver(fold: true).IsWaiting([0x7010]).ShouldBeTrue();
    }

    private void Add(ulong start, uint size, string type, string name) => _methods.Methods.TryAdd(RuntimeEventPayload.Method(start, size, type, name), _methods.Methods.Count).ShouldBeTrue();

    private void AddEntryPoint(ulong start, string type, string name) =>
        _methods.Methods.TryAddEntryPoint(RuntimeEventPayload.EntryPoint(start, type, name), _methods.Methods.Count, out _).ShouldBeTrue();

    private StackResolver Resolver(bool fold)
    {
        _profile.Clear();
        var frames = new DotNetFrames(_methods.Methods);
        frames.Begin(_profile, 0);
        return new StackResolver(_methods, new NativeModules(), frames, fold);
    }

    private string Draw(bool fold, params ReadOnlySpan<ulong> stack)
    {
        _methods.Refresh();
        var names = new List<string>();
        foreach (var location in Resolver(fold).Resolve(stack)) names.Insert(0, _profile.GetString(_profile.Functions[_profile.Lines[_profile.Locations[location].LineStart].Function].Name));
        return string.Join(';', names);
    }
}
