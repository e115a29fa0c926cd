namespace Kagari.Client.Tests;

public sealed class ThreadHistoryTests
{
    // A prime number of them: a slot that is read one or more laps too late never holds the context that is expected.
    private static readonly LabelContext[] Contexts = [.. Enumerable.Range(0, 4099).Select(n => ProfileLabels.Of(("n", n.ToString())).Alone.Alone!)];

    private readonly ThreadHistory _history = new(1);

    [Fact]
    public void Find_BetweenChanges_GivesTheLastOneBefore()
    {
        Write(100, 1);
        Write(200, 2);
        Find(99).ShouldBe((null, null));
        Find(100).ShouldBe((LabelLookup.Found, 1));
        Find(199).ShouldBe((LabelLookup.Found, 1));
        Find(200).ShouldBe((LabelLookup.Found, 2));
        Find(long.MaxValue).ShouldBe((LabelLookup.Found, 2));
    }

    [Fact]
    public void Find_EmptyHistory_SaysThatItBeginsLater() => Find(5).ShouldBe((null, null));

    [Fact]
    public void Record_EqualContext_WritesNothing()
    {
        Write(100, 1);
        var equal = ProfileLabels.Of(("n", "1")).Alone.Alone!;
        equal.ShouldNotBeSameAs(Contexts[1]);
        _history.Record(150, 0, Contexts[1], equal);
        _history.Find(160, 0, out var context);
        context.ShouldBeSameAs(Contexts[1]);
    }

    [Fact]
    public void Record_FirstSinceRecordingBegan_SaysWhatTheThreadHadBefore()
    {
        Write(100, 1);
        // Recording stopped and began again at 500; the thread had turned to 7 in between.
        _history.Record(600, 500, Contexts[7], Contexts[8]);
        _history.Find(499, 500, out var before);
        _history.Find(550, 500, out var since);
        _history.Find(600, 500, out var after);
        (before, since, after).ShouldBe((null, Contexts[7], Contexts[8]));
    }

    [Fact]
    public void Record_SlowChanges_StaySmallAndLoseTheOldest()
    {
        var step = ThreadHistory.KeptTicks / 32;
        for (var n = 0; n < 1000; n++) Write(n * step, n);
        _history.Length.ShouldBe(64);
        Find(999 * step).ShouldBe((LabelLookup.Found, 999));
        // 63 are readable: the 64th slot is the one that the writer may be at.
        Find(937 * step).ShouldBe((LabelLookup.Found, 937));
        Find(937 * step - 1).ShouldBe((LabelLookup.Lost, null));
        Find(0).ShouldBe((LabelLookup.Lost, null));
    }

    [Fact]
    public void Record_FastChanges_GrowsAndKeepsHalfASecond()
    {
        var step = ThreadHistory.KeptTicks / 1000;
        for (var n = 0; n < 3000; n++) Write(n * step, n);
        _history.Length.ShouldBe(1024);
        for (var n = 2000; n < 3000; n++) Find((n * step) + 1).ShouldBe((LabelLookup.Found, n));
    }

    [Fact]
    public void Record_VeryFastChanges_EndsAtTheMaximum()
    {
        for (var n = 0; n < 100_000; n++) Write(n, n);
        _history.Length.ShouldBe(ThreadHistory.LengthMax);
        Find(99_999 - 8190).ShouldBe((LabelLookup.Found, (99_999 - 8190) % Contexts.Length));
        Find(99_999 - 8191).ShouldBe((LabelLookup.Lost, null));
    }

    [Theory]
    [InlineData(2, 0)]         // each change younger than half a second: it grows to the end
    [InlineData(100, 1)]       // grows once
    [InlineData(4000, 2)]      // overwrites from the beginning
    public async Task Find_WhileTheThreadWrites_IsRightOrSaysLost(int stepShare, int seed)
    {
        var step = Math.Max(2, stepShare * (ThreadHistory.KeptTicks / 10_000));
        var written = -1L;
        var (found, lost) = (0, 0);
        var stop = false;
        var writer = Task.Run(() =>
        {
            for (var n = 0L; !Volatile.Read(ref stop); n++)
            {
                Write(n * step, n);
                Volatile.Write(ref written, n);
            }
        }, TestContext.Current.CancellationToken);
        try
        {
            var random = new Random(seed);
            while (found + lost < 200_000 || found == 0)
            {
                var newest = Volatile.Read(ref written);
                if (newest < 0) continue;
                var n = Math.Max(0, newest - random.Next(0, _history.Length + (_history.Length / 2)));
                var lookup = _history.Find((n * step) + random.NextInt64(step), 0, out var context);
                if (lookup == LabelLookup.Found)
                {
                    context.ShouldBeSameAs(Contexts[n % Contexts.Length], $"seed {seed}, entry {n}");
                    found++;
                }
                else
                {
                    lookup.ShouldBe(LabelLookup.Lost, $"seed {seed}, entry {n}");
                    // An entry is only ever lost when others were written over it. Half-seconds are kept by growing, which has an end.
                    (Volatile.Read(ref written) - n).ShouldBeGreaterThan(ThreadHistory.FirstLength - 3, $"seed {seed}, entry {n}");
                    lost++;
                }
            }
        }
        finally
        {
            Volatile.Write(ref stop, true);
            await writer;
        }
        found.ShouldBeGreaterThan(0);
        TestContext.Current.SendDiagnosticMessage("seed {0}: {1} found, {2} lost of {3} written", seed, found, lost, written);
    }

    private void Write(long ticks, long n) => _history.Record(ticks, 0, null, Contexts[n % Contexts.Length]);

    private (LabelLookup? Lookup, int? Context) Find(long ticks)
    {
        var lookup = _history.Find(ticks, 0, out var context);
        return (lookup, context is null ? null : int.Parse(context.Labels[0].Value));
    }
}
