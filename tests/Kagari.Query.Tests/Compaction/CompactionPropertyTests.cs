using Kagari.Profiles;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Query.Tests.Compaction;

/// <summary>Random profiles over two days, compacted step by step: every answer equals that of the reference, whatever is compacted.</summary>
public sealed class CompactionPropertyTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Answers_AfterEveryStepOfCompaction_EqualTheReference(int seed)
    {
        var random = new Random(seed);
        // A small budget divides datasets, so that their parts are tried too.
        var options = new CompactorOptions { MemoryBytesMax = seed % 3 == 0 ? 1 << 14 : 96 << 20, BlockBytesMax = seed % 4 == 0 ? 1 << 12 : 512 << 20, RollupRowsPerSlotMin = seed % 2 };
        await using var data = new QueryFixture(await TestStore.OpenAsync(compaction: options));
        var reference = new ReferenceStore();
        var pushes = new PushGenerator(random);
        var now = Start;
        for (var round = 0; round < 8; round++)
        {
            for (var n = random.Next(5, 30); n > 0; n--) await pushes.PushAsync(data.Store, reference, Time(now, random));
            await CheckAsync(data, reference, random, $"seed {seed}, round {round}, before compaction");
            // Sometimes minutes pass, sometimes the hour or the day is over.
            now += TimeSpan.FromMinutes(random.Next(3) switch { 0 => 7, 1 => 75, _ => 800 });
            await data.Store.CompactAsync(now);
            await CheckAsync(data, reference, random, $"seed {seed}, round {round}, compacted at {now:u}");
        }
        if (random.Next(2) == 0) await data.Store.ReopenAsync();
        await data.Store.CompactAsync(now + TimeSpan.FromDays(3));
        await using var again = new QueryFixture(data.Store);
        await CheckAsync(again, reference, random, $"seed {seed}, all over");
        data.Store.Catalogue.Segments().ShouldBeEmpty();
        data.Store.Catalogue.Blocks().Where(b => !b.IsRollup).ShouldAllBe(b => b.Level == 3);
        data.Store.Reports.ShouldBeEmpty();
        data.Store.Jobs.SelectMany(j => j.Blocks).Where(b => b.IsRollup).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Blocks_OfEqualData_AreEqualBytes()
    {
        var contents = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            await using var data = new QueryFixture(await TestStore.OpenAsync());
            var pushes = new PushGenerator(new Random(7));
            var random = new Random(8);
            for (var i = 0; i < 60; i++) await pushes.PushAsync(data.Store, new ReferenceStore(), Time(Start, random));
            await data.Store.CompactAsync(Start.AddMinutes(7));
            await data.Store.CompactAsync(Start.AddDays(2));
            var files = Directory.GetFiles(Path.Combine(data.Store.Root, "blocks"), "*.blk", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
            contents.Add(string.Join('\n', files.Select(f => $"{Path.GetFileName(f)} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")));
        }
        contents[1].ShouldBe(contents[0]);
        contents[0].ShouldContain(".blk");
    }

    [Fact]
    public async Task Tree_OverThreeDays_ReadsOneRollupADay()
    {
        await using var data = new QueryFixture(await TestStore.OpenAsync());
        for (var minute = 0; minute < 3 * 1440; minute += 30) await data.Store.PutAsync("a;b 1 | a;c 2", (Start.AddMinutes(minute) - DateTimeOffset.UnixEpoch).Ticks * 100, pod: $"p{minute % 2}");
        await data.Store.CompactAsync(Start.AddDays(5));
        var query = QueryFixture.Ask("""{service_name="cart"}""");
        (await data.DrawAsync(query)).ShouldBe("a;b 144 | a;c 288");
        (query.Run.Rollups, query.Run.Blocks, query.Run.Rows).ShouldBe((4, 0, 0));
        var byPod = QueryFixture.Ask("""{pod="p0"}""");
        (await data.DrawAsync(byPod)).ShouldBe("a;b 144 | a;c 288");
        (byPod.Run.Rollups, byPod.Run.Blocks).ShouldBe((0, 4));
    }

    [Fact]
    public async Task Tree_RollupDamagedAnywhere_IsMadeFromProfiles()
    {
        await using var data = new QueryFixture(await TestStore.OpenAsync());
        for (var minute = 0; minute < 1440; minute += 30) await data.Store.PutAsync("a;b 1 | a;c 2", (Start.AddMinutes(minute) - DateTimeOffset.UnixEpoch).Ticks * 100, pod: $"p{minute % 2}");
        await data.Store.CompactAsync(Start.AddDays(3));
        var expected = await data.DrawAsync();
        var isFound = false;
        foreach (var rollup in data.Store.Catalogue.Blocks().Where(b => b.IsRollup))
        {
            var path = Path.Combine(data.Store.Root, rollup.Key);
            var whole = await File.ReadAllBytesAsync(path);
            for (var at = 0; at < whole.Length; at += 11)
            {
                var damaged = whole.ToArray();
                damaged[at] ^= 4;
                await File.WriteAllBytesAsync(path, damaged);
                data.Store.Reports.Clear();
                var engine = new QueryEngine(data.Store.Catalogue, data.Store.NewDatasets());
                Drawings.Draw(await engine.MergeTreeAsync(QueryFixture.Ask(), StackFilter.None, default)).ShouldBe(expected, $"{rollup.Key}, byte {at}");
                isFound |= data.Store.Reports.Count > 0;
            }
            await File.WriteAllBytesAsync(path, whole);
        }
        isFound.ShouldBeTrue("some damage is in what the query reads");
    }

    private static long Time(DateTimeOffset now, Random random)
    {
        // Mostly now; some late by hours, some exactly at the edges of windows, some not at whole milliseconds.
        var time = random.Next(6) switch
        {
            0 => now - TimeSpan.FromHours(random.Next(30)),
            1 => new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero),
            _ => now - TimeSpan.FromSeconds(random.Next(400)),
        };
        return ((time - DateTimeOffset.UnixEpoch).Ticks * 100) + (random.Next(3) == 0 ? random.Next(1_000_000) : 0);
    }

    private static async Task CheckAsync(QueryFixture data, ReferenceStore reference, Random random, string where)
    {
        foreach (var type in PushGenerator.Cpu.Concat(PushGenerator.Memory))
        {
            var (selector, matches) = random.Next(4) switch
            {
                0 => ("{}", (Func<LabelSet, bool>)(_ => true)),
                1 => ("""{service_name="cart"}""", l => l["service_name"] == "cart"),
                2 => ("""{pod=~"pod-[01]"}""", l => l["pod"] is "pod-0" or "pod-1"),
                _ => ("""{region="eu", service_name!="web"}""", l => l["region"] == "eu" && l["service_name"] != "web"),
            };
            bool Matches(LabelSet l) => matches(l) && l[LabelNames.ProfileType] == type.ToString();
            var all = random.Next(2) == 0;
            var min = all ? long.MinValue : (Start.AddMinutes(random.Next(-1800, 3000)) - DateTimeOffset.UnixEpoch).Ticks * 100;
            var max = all ? long.MaxValue : min + (random.Next(1, 2000) * 60_000_000_000L) - 1;
            var query = QueryFixture.Ask(selector).OfType(type) with { TimeNanosMin = min, TimeNanosMax = max };
            (await data.DrawAsync(query)).ShouldBe(reference.Draw(Matches, min, max), $"{where}: {type} {selector} {min}..{max}");
            var profile = await data.Engine.MergeProfileAsync(query, type, StackFilter.None, null, default);
            DrawLines(profile).ShouldBe(reference.DrawLines(Matches, min, max), $"{where}: lines of {type} {selector} {min}..{max}");
            var span = (ulong)random.Next(1, 5);
            (await data.DrawAsync(query, new StackFilter { Spans = new HashSet<ulong> { span } }))
                .ShouldBe(reference.Draw(Matches, min, max, span), $"{where}: span {span} of {type} {selector} {min}..{max}");
            await CheckSeriesAsync(data, reference, random, query, Matches, where);
            await CheckProfilesAsync(data, reference, random, query, type, Matches, where);
            await CheckFunctionsAsync(data, type, min, max, where);
        }
    }

    /// <summary>Sums per function from blocks are those of the tree of everything.</summary>
    private static async Task CheckFunctionsAsync(QueryFixture data, ProfileTypeId type, long min, long max, string where)
    {
        var query = QueryFixture.Ask() with { TimeNanosMin = min, TimeNanosMax = max };
        var sums = await data.Engine.SumFunctionsAsync(query, type, default);
        var table = FunctionTable.Build(await data.Engine.MergeTreeAsync(query.OfType(type), StackFilter.None, default));
        sums.Total.ShouldBe(table.Total, $"{where}: total of functions of {type}");
        Draw(sums.Rows.Where(r => r.Total != 0), sums.Names).ShouldBe(Draw(table.Rows.ToArray().Where(r => r.Total != 0), table.Names), $"{where}: functions of {type}");
        static string Draw(IEnumerable<Profiles.FunctionRow> rows, NameTable names) =>
            string.Join(" | ", rows.Select(r => $"{names.GetString(r.Name)} {r.Self} {r.Total}").Order(StringComparer.Ordinal));
    }

    /// <summary>Each profile is listed once, and some of them, chosen by identity, merge to their own samples.</summary>
    private static async Task CheckProfilesAsync(
        QueryFixture data, ReferenceStore reference, Random random, SeriesQuery query, ProfileTypeId type, Func<LabelSet, bool> matches, string where)
    {
        var rows = reference.Select(matches, query.TimeNanosMin, query.TimeNanosMax).ToList();
        var listed = await data.Engine.ProfilesAsync(query, default);
        listed.Select(p => p.Identity.TimeNanos).Order().ShouldBe(
            rows.DistinctBy(r => (r.Identity, r.Labels[LabelNames.ServiceName])).Select(r => r.TimeNanos).Order(), $"{where}: profiles of {query.Selector}");
        (await data.Engine.SumDurationsAsync(query, default)).Count.ShouldBe(listed.Count, $"{where}: number of profiles");
        if (listed.Count == 0) return;
        var times = listed.Where(_ => random.Next(2) == 0).Append(listed[0]).Select(p => p.Identity.TimeNanos).ToHashSet();
        var chosen = new StackFilter { ProfileIds = listed.Where(p => times.Contains(p.Identity.TimeNanos)).Select(p => p.Identity.ToProfileId()).ToHashSet() };
        var other = PushGenerator.Memory.First(t => t != type);
        var merged = await data.Engine.MergeProfilesAsync(query, [[type], [other]], chosen, default);
        // The query asks for one type, so the other column is there and empty.
        merged.Values.Span.ToArray().Where((_, i) => i % 2 == 0).Sum().ShouldBe(
            rows.Where(r => times.Contains(r.TimeNanos)).SelectMany(r => r.Samples).Sum(s => s.Value), $"{where}: merge of {times.Count} profiles");
        merged.Values.Span.ToArray().Where((_, i) => i % 2 == 1).ShouldAllBe(v => v == 0);
    }

    private static async Task CheckSeriesAsync(
        QueryFixture data, ReferenceStore reference, Random random, SeriesQuery query, Func<LabelSet, bool> matches, string where)
    {
        var start = new DateTimeOffset(2026, 3, 1, 20, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var step = random.Next(3) switch { 0 => 60_000L, 1 => 3_600_000, _ => 17_000 };
        var end = start + (step * random.Next(1, 60));
        var series = await data.Engine.TimeSeriesAsync(query, StackFilter.None, new TimeSeriesOptions(start, end, step, [], false, 0, false), default);
        var got = series.SelectMany(s => s.Points).ToDictionary(p => p.TimestampMillis, p => (long)p.Value);
        got.Where(p => p.Value != 0).OrderBy(p => p.Key).ToList().ShouldBe(
            reference.Series(matches, start, end, step).Where(p => p.Value != 0).ToList(), $"{where}: series of {query.Selector} step {step}");
        var filter = new StackFilter { CallSite = ["f1"] };
        var filtered = await data.Engine.TimeSeriesAsync(query, filter, new TimeSeriesOptions(start, end, step, [], false, 0, false), default);
        var total = filtered.SelectMany(s => s.Points).Sum(p => (long)p.Value);
        total.ShouldBe(
            reference.Select(matches, ((start - step) * 1_000_000) + 1_000_000, (end * 1_000_000) + 999_999)
                .SelectMany(r => r.Samples).Where(s => s.Frames[0].StartsWith("f1:", StringComparison.Ordinal)).Sum(s => s.Value),
            $"{where}: series of one call site");
    }

    private static string DrawLines(FlatProfile profile) => string.Join(" | ", Enumerable.Range(0, profile.Samples.Count)
        .Select(i => (Stack: string.Join(";", Enumerable.Reverse(StackOf(profile, i))), Value: profile.Values[i]))
        .GroupBy(s => s.Stack).Select(g => $"{g.Key} {g.Sum(s => s.Value)}").Order(StringComparer.Ordinal));

    private static List<string> StackOf(FlatProfile profile, int sample)
    {
        var frames = new List<string>();
        foreach (var location in profile.StackOf(profile.Samples[sample]))
        {
            var row = profile.Locations[location];
            var lines = new List<string>();
            foreach (var line in profile.Lines.Span.Slice(row.LineStart, row.LineCount))
            {
                profile.GetString(profile.Functions[line.Function].FileName).ShouldBe(profile.GetString(profile.Functions[line.Function].Name) + ".go");
                lines.Add($"{profile.GetString(profile.Functions[line.Function].Name)}:{line.LineNumber}");
            }
            lines.Reverse();
            frames.Add(string.Join('+', lines));
            profile.GetString(profile.Mappings[row.Mapping].BuildId).ShouldBe("id-1");
        }
        return frames;
    }
}
