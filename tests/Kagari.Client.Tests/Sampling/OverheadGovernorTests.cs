using System.Diagnostics.Metrics;
using Kagari.Client.Collecting;
using Kagari.Client.Sampling;

namespace Kagari.Client.Tests.Sampling;

/// <summary>Sources that only say what they cost.</summary>
public sealed class OverheadGovernorTests : IDisposable
{
    private static readonly WindowTime s_window = new(0, 10_000_000_000);

    private readonly Meter _meter = new("test");
    private readonly MessageList _messages = new();
    private readonly ThreadTimes _times = new();
    private readonly CostlySource _cheap = new(), _dear = new();
    private readonly OverheadGovernor _governor;

    public OverheadGovernorTests()
    {
        var client = new ClientContext(new KagariOptions(), new SamplingMetrics(_meter), "", static () => { });
        _governor = new OverheadGovernor(0.01, client, _messages.Add);
        _times.Read();
    }

    [Fact]
    public void Judge_TwoDearWindowsAtTheStart_AreForgiven()
    {
        _dear.Nanos = 10_000_000_000;
        Judge(2);
        _dear.Factor.ShouldBe(1);
        _messages.Texts.ShouldBeEmpty();
    }

    [Fact]
    public void Judge_AboveTheBudget_SlowsTheDearestAndSaysSo()
    {
        (_cheap.Nanos, _dear.Nanos) = (1_000_000, 10_000_000_000);
        Judge(3);
        (_cheap.Factor, _dear.Factor).ShouldBe((1, 2));
        _messages.Texts.ShouldHaveSingleItem().ShouldContain("Exceptions is sampled 1/2 as much");
        Judge(20);
        _dear.Factor.ShouldBe(64, "and no slower");
    }

    [Fact]
    public void Judge_FarBelowTheBudgetForAWhile_GoesFasterAgain()
    {
        _dear.Nanos = 10_000_000_000;
        Judge(4);
        _dear.Nanos = 0;
        Judge(5);
        _dear.Factor.ShouldBe(4, "it waits for six quiet windows");
        Judge(1);
        _dear.Factor.ShouldBe(2);
        Judge(6);
        _dear.Factor.ShouldBe(1);
        _messages.Texts[^1].ShouldContain("sampled in full again");
    }

    [Fact]
    public void Judge_ThreadsStopped_CostTheProcessorsThatRan()
    {
        _dear.StoppedNanos = 5_000_000_000;
        Judge(3);
        // Half of the time stopped is half of whatever the process used: far above the budget, however little that was.
        _governor.Share.ShouldBeGreaterThan(0);
    }

    public void Dispose() => _meter.Dispose();

    private void Judge(int windows)
    {
        for (; windows > 0; windows--)
            _governor.Judge(new Dictionary<ProfileKinds, IProfileSource> { [ProfileKinds.Locks] = _cheap, [ProfileKinds.Exceptions] = _dear }, _times, s_window);
    }

    private sealed class CostlySource : IProfileSource
    {
        public long Nanos { get; set; }

        public long StoppedNanos { get; set; }

        public int Factor { get; private set; } = 1;

        public string? Problem => null;

        public SourceCost Cost => new(Nanos, StoppedNanos);

        public void CloseWindow()
        {
        }

        public void Build(ProfileAssembly assembly)
        {
        }

        public void Slow(int factor) => Factor = factor;

        public void Dispose()
        {
        }
    }
}
