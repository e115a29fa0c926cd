using System.Diagnostics;
using Kagari.Client.Sampling;

namespace Kagari.Client.Tests.Sampling;

/// <summary>The time of real threads is shared by samples that the tests claim.</summary>
public sealed class CpuWeightsTests
{
    private const int Gone = int.MaxValue;   // no thread has this number

    private readonly ThreadTimes _times = new();
    private readonly CpuWeights _weights = new();

    public CpuWeightsTests() => _times.Read();

    [Fact]
    public void Of_SamplesOfAThread_TogetherAreItsTime()
    {
        Burn();
        _times.Read();
        _weights.Begin();
        _weights.Count(OperatingSystemThread.CurrentId, 4);
        _weights.Share(_times);
        (4 * _weights.Of(OperatingSystemThread.CurrentId)).ShouldBe(_times.DeltaOf(OperatingSystemThread.CurrentId), 0.001);
        _times.DeltaOf(OperatingSystemThread.CurrentId).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Share_ThreadWithoutSamples_TakesItsTimeIntoTheNextWindow()
    {
        var thread = OperatingSystemThread.CurrentId;
        Burn();
        _times.Read();
        var first = _times.DeltaOf(thread);
        _weights.Begin();
        _weights.Share(_times);
        Burn();
        _times.Read();
        _weights.Begin();
        _weights.Count(thread, 1);
        _weights.Share(_times);
        _weights.Of(thread).ShouldBe(first + _times.DeltaOf(thread), 0.001);
    }

    [Fact]
    public void Share_ThreadThatEnded_HasWhatNoLiveOneUsed()
    {
        var thread = new Thread(Burn);
        thread.Start();
        thread.Join();
        _times.Read();
        _weights.Begin();
        _weights.Count(Gone, 2);
        _weights.Share(_times);
        (2 * _weights.Of(Gone)).ShouldBe(_times.EndedNanos, 0.001);
        _times.EndedNanos.ShouldBeGreaterThan(0);
        _weights.UnseenNanos.ShouldBe(0);

        _weights.Begin();
        _weights.Share(_times);
        _weights.UnseenNanos.ShouldBe(_times.EndedNanos, "nobody saw it");
    }

    [Fact]
    public void Read_AllThreads_AreAtMostTheProcess()
    {
        Burn();
        _times.Read();
        _times.Threads.Sum(_times.DeltaOf).ShouldBeLessThanOrEqualTo((long)(1.1 * _times.ProcessDeltaNanos) + 20_000_000);
        _times.DeltaOf(Gone).ShouldBe(-1);
    }

    private static void Burn()
    {
        var start = Environment.CpuUsage.TotalTime;
        var sum = 0.0;
        while (Environment.CpuUsage.TotalTime - start < TimeSpan.FromMilliseconds(30))
            for (var i = 0; i < 10_000; i++) sum += Math.Sqrt(i);
        GC.KeepAlive(sum);
        Debug.Assert(sum > 0, "or there was nothing to burn");
    }
}
