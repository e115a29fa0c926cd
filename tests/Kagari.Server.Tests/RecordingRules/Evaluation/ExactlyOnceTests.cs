using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Storage;
using Kagari.Testing;
using Kagari.Wire.Settings;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.RecordingRules.Evaluation;

/// <summary>Random pushes, compactions and deaths: over all exported samples, every rule has what a query has.</summary>
public sealed class ExactlyOnceTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 22, 0, 0, TimeSpan.Zero);

    private static readonly string[] Services = ["cart", "web", "worker"], Functions = ["a", "b", "c", "d"], Tenants = ["t", "u"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 16)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task ExportedSums_EqualTheQuery_WhateverDies(int seed)
    {
        var random = new Random(seed);
        // Small budgets divide datasets and blocks, so that parts of a service are tried too.
        await using var lab = await RuleLab.OpenAsync(new CompactorOptions
        {
            MemoryBytesMax = seed % 3 == 0 ? 1 << 14 : 96 << 20,
            BlockBytesMax = seed % 4 == 0 ? 1 << 12 : 512 << 20,
            LogFilesMax = seed % 5 == 0 ? 1 : 16,
        });
        lab.Rules.AddRange(AllRules());
        var sent = new List<(string Drawing, long Time, LabelSet Labels, string Tenant)>();
        var now = Start;
        for (var round = 0; round < 12; round++)
        {
            for (var n = random.Next(0, 25); n > 0; n--)
            {
                // Some are sent again: at once, or long after they were compacted.
                var push = sent.Count > 0 && random.Next(5) == 0 ? sent[random.Next(sent.Count)] : Push(now, random);
                sent.Add(push);
                await lab.Store.PutAsync(push.Drawing, push.Time, push.Labels, push.Tenant);
            }
            now += TimeSpan.FromMinutes(random.Next(3) switch { 0 => 7, 1 => 75, _ => 800 });
            lab.Next = random.Next(5) switch { 0 => RuleLab.Accident.BeforeCommit, 2 => RuleLab.Accident.BeforeCount, 1 => RuleLab.Accident.AfterCommit, _ => RuleLab.Accident.None };
            await lab.Store.CompactAsync(now);
            // What was committed unnoticed is found by the next process only; so is what a process leaves behind.
            if (lab.Next == RuleLab.Accident.AfterCommit || random.Next(3) == 0) await lab.ReopenAsync();
            lab.Next = RuleLab.Accident.None;
            if (random.Next(2) == 0) await lab.ExportAsync();
        }
        await lab.Store.CompactAsync(now + TimeSpan.FromDays(3));
        await lab.ExportAsync();
        lab.Store.Catalogue.Segments().ShouldBeEmpty();
        sent.Count.ShouldBeGreaterThan(50);

        foreach (var tenant in Tenants)
            foreach (var rule in AllRules()) Draw(Sums(lab, tenant, rule)).ShouldBe(Draw(await QueryAsync(lab, tenant, rule)), $"seed {seed}, tenant {tenant}, rule {rule.Id}");
        foreach (var tenant in Tenants)
        {
            lab.Metrics.FailedEvaluations(tenant).ShouldBe(0);
            lab.Metrics.DroppedCount(DropReason.Unreadable, tenant).ShouldBe(0);
        }
        lab.Store.Reports.Where(r => !r.Message.Contains("An accident")).ShouldBeEmpty($"seed {seed}");
    }

    [Fact]
    public async Task FunctionRule_IsTheTotalOfTheFunctionTable()
    {
        await using var lab = await RuleLab.OpenAsync();
        lab.Rules.AddRange(Functions.Select(f => Rule(f, "{}", [], f)));
        await lab.Store.PutAsync("a;b;a 5 | a;c 7 | c;b 11", 1_000_000_000);
        await lab.Store.PutAsync("b 100 | d;d;a 1000", 2_000_000_000, "web");
        await lab.Store.CompactAsync(Start);
        await lab.ExportAsync();
        var query = new SeriesQuery(["t"], long.MinValue, long.MaxValue, Selector.All);
        var table = FunctionTable.Build(await lab.Engine.MergeTreeAsync(query.OfType(TestStore.CpuType), StackFilter.None, default));
        var totals = table.Rows.ToArray().ToDictionary(r => table.Names.GetString(r.Name), r => (double)r.Total);
        totals.ShouldBe(new Dictionary<string, double> { ["a"] = 1012, ["b"] = 116, ["c"] = 18, ["d"] = 1000 }, ignoreOrder: true);
        foreach (var function in Functions) Sums(lab, "t", Rule(function, "{}", [], function)).Values.Sum().ShouldBe(totals[function], function);
    }

    [Fact]
    public async Task Rules_ChangedBetweenJobs_CountFromThenOn()
    {
        await using var lab = await RuleLab.OpenAsync();
        lab.Rules.Add(Rule("old", "{}", []));
        await lab.Store.PutAsync("a 1", 1_000_000_000);
        await lab.Store.CompactAsync(Start);
        lab.Rules.Clear();
        lab.Rules.Add(Rule("new", "{}", ["pod"]));
        await lab.Store.PutAsync("a 2", 2_000_000_000);
        await lab.Store.CompactAsync(Start.AddMinutes(6));
        await lab.ExportAsync();
        lab.Exported.Select(e => $"{e.Key} {string.Join(' ', e.Value.Select(v => $"{v.Value}@{v.Key}"))}").ShouldBe(
        [
            $"t {{__name__=\"profiles_recorded_old\",profiles_rule_id=\"old\",zone=\"z\"}} 1@{Start.ToUnixTimeMilliseconds()}",
            $"t {{__name__=\"profiles_recorded_new\",pod=\"a\",profiles_rule_id=\"new\",zone=\"z\"}} 2@{Start.AddMinutes(6).ToUnixTimeMilliseconds()}",
        ]);
    }

    [Fact]
    public async Task FirstCompactionOfAStore_ThatDiesBeforeItCounts_IsDoneAgain()
    {
        await using var lab = await RuleLab.OpenAsync();
        lab.Rules.Add(Rule("all", "{}", []));
        await lab.Store.PutAsync("a 5", 1_000_000_000);
        lab.Next = RuleLab.Accident.BeforeCount;
        await lab.Store.CompactAsync(Start);
        await lab.ReopenAsync();
        lab.Store.Catalogue.Segments().ShouldNotBeEmpty("its blocks are not taken for committed ones");
        await lab.Store.CompactAsync(Start.AddDays(1));
        await lab.ExportAsync();
        lab.Exported.Values.ShouldHaveSingleItem().Values.ShouldBe([5]);
    }

    [Fact]
    public async Task ClockThatStandsOrGoesBack_TimesStillGrow()
    {
        await using var lab = await RuleLab.OpenAsync();
        lab.Rules.Add(Rule("all", "{}", []));
        foreach (var (value, minutes) in new[] { (1, 0), (2, 0), (4, -10) })
        {
            await lab.Store.PutAsync($"a {value}", 1_000_000_000L * value);
            await lab.Store.CompactAsync(Start.AddMinutes(minutes));
            // What waits tells the next process how far times have come.
            await lab.ReopenAsync();
        }
        await lab.ExportAsync();
        var start = Start.ToUnixTimeMilliseconds();
        lab.Exported.Values.ShouldHaveSingleItem().ShouldBe(new Dictionary<long, double> { [start] = 1, [start + 1] = 2, [start + 2] = 4 });
    }

    [Fact]
    public async Task RuleThatCannotBeEvaluated_IsCountedAndStopsNothing()
    {
        await using var lab = await RuleLab.OpenAsync();
        lab.Rules.Add(new RecordingRule { Id = "broken", MetricName = "x" });
        lab.Rules.Add(Rule("all", "{}", []));
        await lab.Store.PutAsync("a 1", 1_000_000_000);
        await lab.Store.CompactAsync(Start);
        await lab.ExportAsync();
        lab.Metrics.FailedEvaluations("t").ShouldBe(1);
        lab.Exported.Count.ShouldBe(1);
        lab.Store.Catalogue.Segments().ShouldBeEmpty();
    }

    private static RecordingRule[] AllRules() =>
    [
        Rule("all", "{}", []),
        Rule("byservice", "{}", ["service_name"]),
        Rule("bypod", """{service_name!="web"}""", ["service_name", "pod", "region", "absent"]),
        Rule("cart", """{service_name="cart",pod=~"p-[01]"}""", ["region"]),
        Rule("funcA", "{}", ["service_name"], "a"),
        Rule("funcB", """{region="eu"}""", ["pod"], "b"),
        Rule("nothing", """{service_name="nobody"}""", ["pod"]),
    ];

    private static RecordingRule Rule(string id, string selector, string[] groupBy, string? function = null)
    {
        var rule = new RecordingRule { Id = id, MetricName = "profiles_recorded_" + id, Matchers = { selector, $"{{__profile_type__=\"{TestStore.CpuType}\"}}" } };
        rule.GroupBy.AddRange(groupBy);
        rule.ExternalLabels.Add(new LabelPair { Name = "zone", Value = "z" });
        if (function is not null) rule.StacktraceFilter = new StacktraceFilter { FunctionName = new StacktraceFilterFunctionName { FunctionName = function } };
        return rule;
    }

    private static (string Drawing, long Time, LabelSet Labels, string Tenant) Push(DateTimeOffset now, Random random)
    {
        var stacks = Enumerable.Range(0, random.Next(1, 5)).Select(_ => string.Join(';', Enumerable.Range(0, random.Next(1, 5)).Select(_ => Functions[random.Next(Functions.Length)])));
        var drawing = string.Join(" | ", stacks.Distinct().Select(s => $"{s} {random.Next(1, 1000)}"));
        // Mostly now, some late by hours, some in the window that is just over.
        var time = random.Next(5) switch { 0 => now - TimeSpan.FromHours(random.Next(30)), 1 => now - TimeSpan.FromMinutes(6), _ => now - TimeSpan.FromSeconds(random.Next(400)) };
        var labels = LabelSet.Of((LabelNames.ServiceName, Services[random.Next(Services.Length)]), ("pod", $"p-{random.Next(3)}"));
        if (random.Next(3) > 0) labels = labels.With("region", random.Next(2) == 0 ? "eu" : "us");
        return (drawing, (time - DateTimeOffset.UnixEpoch).Ticks * 100, labels, Tenants[random.Next(Tenants.Length)]);
    }

    /// <summary>What was exported of a rule, by group.</summary>
    private static Dictionary<string, double> Sums(RuleLab lab, string tenant, RecordingRule rule) => lab.Exported
        .Where(e => e.Key.StartsWith(tenant + " ", StringComparison.Ordinal) && e.Key.Contains($"profiles_rule_id=\"{rule.Id}\"", StringComparison.Ordinal))
        .ToDictionary(e => e.Key, e => e.Value.Values.Sum());

    /// <summary>What the query API has for it, by the labels of the metric.</summary>
    private static async Task<Dictionary<string, double>> QueryAsync(RuleLab lab, string tenant, RecordingRule rule)
    {
        SelectorParser.TryParse(rule.Matchers[0], out var selector, out _).ShouldBeTrue();
        var query = new SeriesQuery([tenant], long.MinValue, long.MaxValue, selector!).OfType(TestStore.CpuType);
        var filter = rule.StacktraceFilter is { } f ? new StackFilter { IncludeNames = [f.FunctionName.FunctionName] } : StackFilter.None;
        var step = TimeSpan.FromDays(1000).Ticks / TimeSpan.TicksPerMillisecond;
        var end = Start.AddDays(1000).ToUnixTimeMilliseconds() / step * step;
        var series = await lab.Engine.TimeSeriesAsync(query, filter, new TimeSeriesOptions(step, end + step, step, rule.GroupBy, false, 0, false), default);
        return series.ToDictionary(
            s => $"{tenant} {{{string.Join(",", s.Labels.Select(l => (l.Name, l.Value)).Concat([("__name__", rule.MetricName), ("profiles_rule_id", rule.Id), ("zone", "z")]).OrderBy(l => l.Item1, StringComparer.Ordinal).Select(l => $"{l.Item1}=\"{l.Item2}\""))}}}",
            s => s.Points.Sum(p => p.Value));
    }

    private static string Draw(Dictionary<string, double> sums) => string.Join('\n', sums.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key} {s.Value:f0}"));
}
