using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;

namespace Kagari.Client.Tests;

[Collection(nameof(RecordingTests))]
public sealed class ThreadLabelsTests : IDisposable
{
    public ThreadLabelsTests() => ThreadLabels.IsRecording = true;

    public void Dispose() => ThreadLabels.IsRecording = false;

    [Fact]
    public void OperatingSystemThread_OfThisThread_IsWhatTheSystemSays()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("only Linux has /proc");
        OperatingSystemThread.CurrentId.ShouldBe(OperatingSystemThread.FromProc());
        Directory.Exists($"/proc/self/task/{OperatingSystemThread.CurrentId}").ShouldBeTrue();
    }

    [Fact]
    public async Task OperatingSystemThread_OfAThread_IsThatOfTheRuntimesEvents()
    {
        using var listener = new ThreadOfEvents();
        await Task.Run(() =>
        {
            ThreadEvents.Log.Here(1);
            listener.Seen.ShouldBe([OperatingSystemThread.CurrentId]);
        });
    }

    [Fact]
    public void Find_UnknownThread_HasNoLabels() => At(-1, Stopwatch.GetTimestamp()).ShouldBe("");

    [Fact]
    public void Find_ThePast_GivesWhatTheThreadHadThen()
    {
        var before = Stopwatch.GetTimestamp();
        long within;
        using (Labels.Scope(("a", "1"))) within = Stopwatch.GetTimestamp();
        var after = Stopwatch.GetTimestamp();
        var thread = OperatingSystemThread.CurrentId;
        (At(thread, before), At(thread, within), At(thread, after)).ShouldBe(("", "a=1", ""));
    }

    [Fact]
    public void Find_RecordingTurnedOffAndOn_ForgetsWhatItDidNotSee()
    {
        var thread = OperatingSystemThread.CurrentId;
        using (Labels.Scope(("a", "1")))
        {
            Seen.Here().ShouldBe("a=1");
            ThreadLabels.IsRecording = false;
            using (Labels.Scope(("b", "2")))
            {
                ThreadLabels.IsRecording = true;
                var early = Stopwatch.GetTimestamp();
                At(thread, early).ShouldBe("");
                // With the next change it is known what the thread had all the time.
                using (Labels.Scope(("c", "3"))) Seen.Here().ShouldBe("a=1,b=2,c=3");
                At(thread, early).ShouldBe("a=1,b=2");
            }
        }
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Find_MoreChangesThanAreKept_SaysLost()
    {
        var early = Stopwatch.GetTimestamp();
        var (one, two) = (ProfileLabels.Of(("a", "1")), ProfileLabels.Of(("a", "2")));
        for (var n = 0; n < ThreadHistory.LengthMax; n++)
        {
            using (one.Scope())
            using (two.Scope()) { }
        }
        ThreadLabels.Find(OperatingSystemThread.CurrentId, early, out var context).ShouldBe(LabelLookup.Lost);
        context.ShouldBeNull();
    }

    [Fact]
    public void Ambient_SetAndCleared_HoldsForAllThreadsOfThatTime()
    {
        var before = Stopwatch.GetTimestamp();
        Labels.SetAmbient("leader", "yes");
        try
        {
            var within = Stopwatch.GetTimestamp();
            using (Labels.Scope(("a", "1"))) At(OperatingSystemThread.CurrentId, Stopwatch.GetTimestamp()).ShouldBe("a=1,leader=yes");
            using (Labels.Scope(("leader", "me"))) At(OperatingSystemThread.CurrentId, Stopwatch.GetTimestamp()).ShouldBe("leader=me");
            At(-1, within).ShouldBe("leader=yes");
            At(-1, before).ShouldBe("");
            Labels.SetAmbient("leader", "no");
            Labels.SetAmbient("b", "2");
            At(-1, Stopwatch.GetTimestamp()).ShouldBe("b=2,leader=no");
            At(-1, within).ShouldBe("leader=yes");
            Labels.SetAmbient("leader", "");
            At(-1, Stopwatch.GetTimestamp()).ShouldBe("b=2");
        }
        finally
        {
            Labels.ClearAmbient();
        }
        At(-1, Stopwatch.GetTimestamp()).ShouldBe("");
    }

    [Fact]
    public void Ambient_MoreChangesThanAreRemembered_GivesTheOldestForWhatWasBefore()
    {
        var before = Stopwatch.GetTimestamp();
        try
        {
            for (var n = 0; n < 40; n++) Labels.SetAmbient("n", n.ToString());
            At(-1, Stopwatch.GetTimestamp()).ShouldBe("n=39");
            At(-1, before).ShouldBe("n=8");
        }
        finally
        {
            Labels.ClearAmbient();
        }
    }

    [Fact]
    public void Add_IdOfADeadThread_KeepsItsPastForAWhile()
    {
        const int Reused = -77;
        var old = ThreadLabels.Add(Reused);
        var since = Stopwatch.GetTimestamp();
        var context = ProfileLabels.Of(("old", "1")).Alone.Alone;
        old.Record(since, since, null, context);
        var young = ThreadLabels.Add(Reused);
        // It died within its labels: they hold until its death, not for whoever has the id now.
        var now = Stopwatch.GetTimestamp();
        At(Reused, since).ShouldBe("old=1");
        At(Reused, now).ShouldBe("");
        young.Record(now, since, null, ProfileLabels.Of(("young", "1")).Alone.Alone);
        At(Reused, now).ShouldBe("young=1");
        ThreadLabels.Mourn(old);
        ThreadLabels.Bury(Stopwatch.GetTimestamp() + (3 * Stopwatch.Frequency));
        young.Earlier.ShouldBeNull();
        At(Reused, since).ShouldNotBe("old=1");
        At(Reused, now).ShouldBe("young=1");
        ThreadLabels.Mourn(young);
        ThreadLabels.Bury(Stopwatch.GetTimestamp() + (3 * Stopwatch.Frequency));
        At(Reused, now).ShouldBe("");
    }

    [Fact]
    public void Bury_DeadLessThanTwoSeconds_StaysKnown()
    {
        var history = ThreadLabels.Add(-78);
        var now = Stopwatch.GetTimestamp();
        history.Record(now, now, null, ProfileLabels.Of(("a", "1")).Alone.Alone);
        ThreadLabels.Mourn(history);
        ThreadLabels.Bury(Stopwatch.GetTimestamp() + Stopwatch.Frequency);
        At(-78, now).ShouldBe("a=1");
        ThreadLabels.Bury(Stopwatch.GetTimestamp() + (3 * Stopwatch.Frequency));
        At(-78, now).ShouldBe("");
    }

    [Fact]
    public void Threads_ManyShortLived_AreLetGo()
    {
        Settle(0);
        var before = ThreadLabels.Count;
        RunThreads(1000);
        ThreadLabels.Count.ShouldBeGreaterThan(0);
        Settle(before + 50);
        ThreadLabels.Count.ShouldBeLessThan(before + 50);
    }

    /// <summary>Thread statics of a dead thread are garbage, and a finalizer says so; two seconds later the history goes.</summary>
    private static void Settle(int enough)
    {
        for (var n = 0; n < 10 && ThreadLabels.Count >= enough; n++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            ThreadLabels.Bury(Stopwatch.GetTimestamp() + (3 * Stopwatch.Frequency));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunThreads(int count)
    {
        for (var n = 0; n < count; n++)
        {
            var thread = new Thread(() => Labels.Scope(("a", "1")));   // never left, as a careless program does it
            thread.UnsafeStart();
            thread.Join();
        }
    }

    [EventSource(Name = "Kagari-Tests-Threads")]
    private sealed class ThreadEvents : EventSource
    {
        public static readonly ThreadEvents Log = new();

        [Event(1)]
        public void Here(int number) => WriteEvent(1, number);
    }

    private sealed class ThreadOfEvents : EventListener
    {
        public List<int> Seen { get; } = [];

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource is ThreadEvents) EnableEvents(eventSource, EventLevel.LogAlways);
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventId == 1) Seen.Add((int)eventData.OSThreadId);
        }
    }

    private static string At(int thread, long ticks)
    {
        ThreadLabels.Find(thread, ticks, out var context).ShouldBe(LabelLookup.Found);
        return Seen.Text(context);
    }
}
