namespace Kagari.Client.Tests;

/// <summary>Exact allocation budgets: what a scope costs does not creep up.</summary>
[Collection(nameof(RecordingTests))]
public sealed class LabelCostTests : IDisposable
{
    private const int Times = 1000;

    /// <summary>What the runtime makes for one value set in an execution context: the context and its map of values.</summary>
    private static readonly long FlowBytes = BytesOf(SetFlow(1));

    public LabelCostTests() => ThreadLabels.IsRecording = true;

    public void Dispose() => ThreadLabels.IsRecording = false;

    [Fact]
    public void Scope_PrebuiltSet_AllocatesOnlyTheFlow()
    {
        var set = ProfileLabels.Of(("endpoint", "/car"), ("region", "eu"));
        BytesOf(() => { using (set.Scope()) { } }).ShouldBe(FlowBytes);
    }

    [Fact]
    public void Scope_RepeatedTuples_AllocatesOnlyTheFlow() =>
        BytesOf(() => { using (Labels.Scope(("endpoint", "/car"), ("region", "eu"))) { } }).ShouldBe(FlowBytes);

    [Fact]
    public void Scope_NestedPrebuiltSets_AllocateOnlyTheFlows()
    {
        var (outer, inner) = (ProfileLabels.Of(("endpoint", "/car")), ProfileLabels.Of(("step", "pay")));
        BytesOf(() =>
        {
            using (outer.Scope())
            using (inner.Scope()) { }
        }).ShouldBe(BytesOf(SetFlow(2)));
    }

    [Fact]
    public void Scope_LabelsThatHoldAlready_AllocatesNothing()
    {
        using var outer = Labels.Scope(("a", "1"));
        BytesOf(() => { using (Labels.Scope(("a", "1"))) { } }).ShouldBe(0);
    }

    private static Action SetFlow(int times)
    {
        var local = new AsyncLocal<string?>(_ => { });
        var outside = ExecutionContext.Capture()!;
        return () =>
        {
            for (var n = 0; n < times; n++) local.Value = n == 0 ? "x" : "y";
            ExecutionContext.Restore(outside);
        };
    }

    private static long BytesOf(Action action)
    {
        // The least of some rounds: in one of them the history of this thread may grow.
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var n = 0; n < Times; n++) action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        (least % Times).ShouldBe(0);
        return least / Times;
    }
}
