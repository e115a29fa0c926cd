namespace Kagari.Client.Tests;

/// <summary>Labels go where the work goes, and nowhere else; the history of each thread says the same as the flow on it.</summary>
[Collection(nameof(RecordingTests))]
public sealed class LabelPropagationTests : IDisposable
{
    private static readonly ProfileLabels Set = ProfileLabels.Of(("a", "1"));

    public LabelPropagationTests() => ThreadLabels.IsRecording = true;

    public void Dispose() => ThreadLabels.IsRecording = false;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Scope_Await_HoldsOnTheThreadThatContinues(bool captured)
    {
        await HopWithin(captured);
        Seen.Here().ShouldBe("");
        await Hop();
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public async Task Scope_EnteredInACalledMethod_DoesNotComeBackToTheCaller()
    {
        static async Task Leaky()
        {
            _ = Labels.Scope(("leak", "1"));
            await Hop();
            Seen.Here().ShouldBe("leak=1");
        }
        await Leaky();
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public async Task Scope_ValueTask_Holds()
    {
        static async ValueTask<string> Work()
        {
            await Hop();
            return Seen.Here();
        }
        using (Set.Scope()) (await Work()).ShouldBe("a=1");
        (await Work()).ShouldBe("");
    }

    [Fact]
    public async Task Scope_TaskRun_HoldsThereAndIsGoneForTheNextWork()
    {
        Task<string> within;
        using (Set.Scope()) within = Task.Run(Seen.Here);
        (await within).ShouldBe("a=1");
        // All threads of the pool, again and again: none keeps labels of work that is done.
        for (var n = 0; n < 50; n++) (await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(Seen.Here)))).ShouldAllBe(seen => seen == "");
    }

    [Fact]
    public async Task Scope_UnsafeQueue_DoesNotHold()
    {
        var seen = new TaskCompletionSource<string>();
        using (Set.Scope()) ThreadPool.UnsafeQueueUserWorkItem(_ => seen.SetResult(Seen.Here()), null);
        (await seen.Task).ShouldBe("");
    }

    [Fact]
    public async Task Scope_ParallelLoops_HoldInEachBody()
    {
        using (Set.Scope())
        {
            Parallel.For(0, 100, n =>
            {
                using (Labels.Scope(("n", n.ToString()))) Seen.Here().ShouldBe($"a=1,n={n}");
                Seen.Here().ShouldBe("a=1");
            });
            await Parallel.ForEachAsync(Enumerable.Range(0, 100), async (n, _) =>
            {
                using (Labels.Scope(("n", n.ToString())))
                {
                    await Hop();
                    Seen.Here().ShouldBe($"a=1,n={n}");
                }
            });
        }
        Seen.Here().ShouldBe("");
    }

    [Theory]
    [InlineData(true, "a=1")]
    [InlineData(false, "")]
    public void Scope_NewThread_HoldsUnlessStartedUnsafely(bool flows, string expected)
    {
        var seen = "not run";
        var thread = new Thread(() => seen = Seen.Here());
        using (Set.Scope())
        {
            if (flows) thread.Start();
            else thread.UnsafeStart();
        }
        thread.Join();
        seen.ShouldBe(expected);
    }

    [Fact]
    public async Task Scope_Timer_HasTheLabelsOfWhoMadeIt()
    {
        var seen = new TaskCompletionSource<string>();
        Timer timer;
        using (Set.Scope()) timer = new Timer(_ => seen.TrySetResult(Seen.Here()), null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        (await seen.Task).ShouldBe("a=1");
        await timer.DisposeAsync();
    }

    [Fact]
    public async Task Scope_ManyFlowsOnFewThreads_NeverMix()
    {
        await Task.WhenAll(Enumerable.Range(0, 64).Select(flow => Task.Run(async () =>
        {
            using (Labels.Scope(("flow", flow.ToString())))
            {
                for (var n = 0; n < 50; n++)
                {
                    await Task.Yield();
                    Seen.Here().ShouldBe($"flow={flow}");
                }
            }
        })));
    }

    private static async Task HopWithin(bool captured)
    {
        using (Set.Scope())
        {
            for (var n = 0; n < 20; n++)
            {
                await Hop().ConfigureAwait(captured);
                Seen.Here().ShouldBe("a=1");
                using (Labels.Scope(("b", n.ToString())))
                {
                    await Hop().ConfigureAwait(captured);
                    Seen.Here().ShouldBe($"a=1,b={n}");
                }
                Seen.Here().ShouldBe("a=1");
            }
        }
        Seen.Here().ShouldBe("");
    }

    /// <summary>Continues on a thread of the pool, most often another.</summary>
    private static async Task Hop() => await Task.Run(() => { });
}
