using Kagari.Profiles;
using Kagari.Query.Tests.Compaction;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Query.Tests.Retention;

/// <summary>Random profiles, random deletions and periods: every answer equals that of a reference that dropped the same rows.</summary>
public sealed class RetentionPropertyTests
{
    private const long DayNanos = 86_400_000_000_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private static readonly (string Selector, Func<LabelSet, bool> Matches)[] Selectors =
    [
        ("cart", l => l["service_name"] == "cart"),
        ("pod-1 of web", l => l["pod"] == "pod-1" && l["service_name"] == "web"),
        ("cpu samples", l => l[LabelNames.ProfileType] == PushGenerator.Cpu[0].ToString()),
        ("allocations", l => l[LabelNames.ProfileType].StartsWith("memory:alloc", StringComparison.Ordinal)),
        ("eu", l => l["region"] == "eu"),
        ("all", _ => true),
    ];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Answers_AfterDeletions_EqualTheReference(int seed)
    {
        var random = new Random(seed);
        await using var data = new QueryFixture(await TestStore.OpenAsync(compaction: Options(seed)));
        var reference = new ReferenceStore();
        var pushes = new PushGenerator(random);
        var now = Start;
        for (var round = 0; round < 6; round++)
        {
            for (var n = random.Next(5, 25); n > 0; n--) await pushes.PushAsync(data.Store, reference, Nanos(now - TimeSpan.FromSeconds(random.Next(20_000))));
            now += TimeSpan.FromMinutes(random.Next(3) switch { 0 => 7, 1 => 75, _ => 800 });
            if (random.Next(3) > 0) await data.Store.CompactAsync(now);
            data.Store.Time.Now = now;
            var (text, matches) = Selectors[random.Next(Selectors.Length - (round % 3 == 0 ? 0 : 1))];
            var all = random.Next(3) == 0;
            var min = all ? long.MinValue : Nanos(now - TimeSpan.FromSeconds(random.Next(100_000)));
            var max = all ? long.MaxValue : min + (random.NextInt64(1, 30_000) * 1_000_000_000);
            var where = $"seed {seed}, round {round}: {text} {min}..{max}";
            var request = new DeletionRequest("t", text, matches, min, max);
            var dry = await data.Store.Compactor.DeleteAsync(request, isDryRun: true, default);
            await CheckAsync(data, reference, $"{where}, dry");
            var gone = reference.Remove(r => matches(r.Labels) && r.TimeNanos >= min && r.TimeNanos <= max);
            var deleted = await data.Store.Compactor.DeleteAsync(request, isDryRun: false, default);
            // What was sent twice is merged when logs are compacted, or later: counts can only be above.
            deleted.Rows.ShouldBeGreaterThanOrEqualTo(gone, where);
            dry.Rows.ShouldBeGreaterThanOrEqualTo(deleted.Rows, where);
            (deleted.Rows == 0).ShouldBe(gone == 0, where);
            deleted.BytesAfter!.Value.ShouldBeLessThanOrEqualTo(deleted.BytesBefore + 4096, where);
            await CheckAsync(data, reference, where);
            (await data.Store.Compactor.DeleteAsync(request, isDryRun: true, default)).Rows.ShouldBe(0, where);
        }
        if (random.Next(2) == 0) await data.Store.ReopenAsync();
        await data.Store.CompactAsync(now + TimeSpan.FromDays(3));
        await using var again = new QueryFixture(data.Store);
        await CheckAsync(again, reference, $"seed {seed}, all over");
        data.Store.Reports.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Answers_AfterRetention_EqualTheReference(int seed)
    {
        var random = new Random(seed);
        await using var data = new QueryFixture(await TestStore.OpenAsync(compaction: Options(seed)));
        var reference = new ReferenceStore();
        var pushes = new PushGenerator(random);
        var rules = Rules(random);
        data.Store.Retention = _ => rules;
        var now = Start;
        for (var round = 0; round < 8; round++)
        {
            for (var n = random.Next(5, 25); n > 0; n--) await pushes.PushAsync(data.Store, reference, Nanos(now - TimeSpan.FromSeconds(random.Next(20_000))));
            now += TimeSpan.FromHours(random.Next(3) switch { 0 => 1, 1 => 13, _ => 40 });
            await data.Store.CompactAsync(now);
            await data.Store.RetainAsync(now);
            // Days that are over are one block each; what is younger than a day is not expired by any rule here.
            reference.Remove(r => PeriodOf(rules, r.Labels) is var period && period > TimeSpan.Zero
                && TimeWindow.Around(r.TimeNanos, DayNanos).EndNanos + (period.Ticks * 100) <= Nanos(now));
            await CheckAsync(data, reference, $"seed {seed}, round {round}");
            if (random.Next(3) == 0) rules = Rules(random);
        }
        data.Store.Reports.ShouldBeEmpty();
        data.Store.Removals.ShouldAllBe(r => r.Reason == RemovalReason.Age);
    }

    private static CompactorOptions Options(int seed) =>
        new() { MemoryBytesMax = seed % 3 == 0 ? 1 << 14 : 96 << 20, BlockBytesMax = seed % 4 == 0 ? 1 << 12 : 512 << 20 };

    private static TenantRetention Rules(Random random)
    {
        TimeSpan Period() => random.Next(4) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(random.Next(1, 5));
        return new TenantRetention
        {
            Period = Period(),
            Rules = [.. Enumerable.Range(0, random.Next(4)).Select(_ => new RetentionRule(Selectors[random.Next(Selectors.Length - 1)].Matches, Period()))],
        };
    }

    private static TimeSpan PeriodOf(TenantRetention rules, LabelSet labels) =>
        rules.Rules.FirstOrDefault(r => r.Matches(labels)) is { } rule ? rule.Period : rules.Period;

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    private static async Task CheckAsync(QueryFixture data, ReferenceStore reference, string where)
    {
        foreach (var type in PushGenerator.Cpu.Concat(PushGenerator.Memory))
        {
            var query = QueryFixture.Ask("{}").OfType(type) with { TimeNanosMin = long.MinValue, TimeNanosMax = long.MaxValue };
            bool Matches(LabelSet l) => l[LabelNames.ProfileType] == type.ToString();
            (await data.DrawAsync(query)).ShouldBe(reference.Draw(Matches, long.MinValue, long.MaxValue), $"{where}: {type}");
            foreach (var span in new ulong[] { 1, 3 })
                (await data.DrawAsync(query, new StackFilter { Spans = new HashSet<ulong> { span } }))
                    .ShouldBe(reference.Draw(Matches, long.MinValue, long.MaxValue, span), $"{where}: span {span} of {type}");
            var start = Start.AddDays(-2).ToUnixTimeMilliseconds();
            var options = new TimeSeriesOptions(start, start + (14L * 86_400_000), 3_600_000, [], false, 0, false);
            var series = await data.Engine.TimeSeriesAsync(query, StackFilter.None, options, default);
            series.SelectMany(s => s.Points).Where(p => p.Value != 0).ToDictionary(p => p.TimestampMillis, p => (long)p.Value).OrderBy(p => p.Key).ToList().ShouldBe(
                reference.Series(Matches, options.StartMillis, options.EndMillis, options.StepMillis).Where(p => p.Value != 0).ToList(), $"{where}: series of {type}");
        }
    }
}
