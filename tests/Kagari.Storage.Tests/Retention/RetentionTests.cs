using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Retention;

/// <summary>What retention and deletion leave in the catalogue, in blocks and on the disk.</summary>
public sealed class RetentionTests
{
    private const long HourNanos = 3_600_000_000_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Age_WindowWhollyOver_GoesInOneStepAndItsObjectLater()
    {
        await using var store = await DaysAsync(3);
        store.Retention = _ => new TenantRetention { Period = TimeSpan.FromDays(2) };
        // The window of the first day ends a millisecond after midnight.
        await store.RetainAsync(new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero));
        store.Catalogue.Blocks().Count.ShouldBe(3);
        await store.RetainAsync(new DateTimeOffset(2026, 3, 4, 0, 0, 1, TimeSpan.Zero));
        store.Catalogue.Blocks().Count.ShouldBe(2);
        (await store.Files.ListAsync("blocks/", default)).Count.ShouldBe(3, "a query may still read it");
        store.Time.Now += TimeSpan.FromMinutes(11);
        await store.DeleteDueAsync();
        (await store.Files.ListAsync("blocks/", default)).Count.ShouldBe(2);
        var removal = store.Removals.ShouldHaveSingleItem();
        (removal.Reason, removal.Tenant, removal.Blocks, removal.Rows).ShouldBe((RemovalReason.Age, "t", 1, 1));
        store.Jobs.Count(j => j.Level == 3 && j.Sources.Count == 1).ShouldBe(0, "nothing was read or written");
        await store.ReopenAsync();
        store.Catalogue.Blocks().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Age_TenantsOfOtherPeriods_KeepTheirs()
    {
        await using var store = await TestStore.OpenAsync();
        foreach (var tenant in new[] { "a", "b", "c" }) await store.PutAsync("x 1", Nanos(0), tenant: tenant);
        await store.CompactAsync(Start.AddDays(2));
        store.Retention = tenant => tenant switch
        {
            "a" => new TenantRetention { Period = TimeSpan.FromDays(1) },
            "b" => new TenantRetention { Period = TimeSpan.FromDays(90) },
            _ => TenantRetention.Forever,
        };
        await store.RetainAsync(Start.AddDays(30));
        store.Catalogue.Blocks().Select(b => b.Tenant).ShouldBe(["b", "c"]);
    }

    [Fact]
    public async Task Age_RuleThatKeepsForever_OutlivesThePeriod()
    {
        await using var store = await TestStore.OpenAsync();
        foreach (var service in new[] { "cart", "web" }) await store.PutAsync($"{service}main 1", Nanos(0), service);
        await store.CompactAsync(Start.AddDays(2));
        var rules = new TenantRetention { Period = TimeSpan.FromDays(1), Rules = [new RetentionRule(l => l[LabelNames.ServiceName] == "cart", TimeSpan.Zero)] };
        store.Retention = _ => rules;
        await store.RetainAsync(Start.AddDays(300));
        store.Catalogue.Blocks().ShouldHaveSingleItem().Datasets.ShouldHaveSingleItem().Service.ShouldBe("cart");
        var jobs = store.Jobs.Count;
        await store.RetainAsync(Start.AddDays(301));
        store.Jobs.Count.ShouldBe(jobs, "what is left is not written again");
    }

    [Fact]
    public async Task Bytes_AboveTheLimit_OldestWindowsGo()
    {
        await using var store = await DaysAsync(4);
        var days = store.Catalogue.Blocks().OrderBy(b => b.TimeNanosMin).ToList();
        store.Retention = _ => new TenantRetention { BytesMax = days[2].Length + days[3].Length };
        await store.RetainAsync(store.Time.Now);
        store.Catalogue.Blocks().Select(b => b.Key).ShouldBe([days[2].Key, days[3].Key], ignoreOrder: true);
        store.Removals.ShouldHaveSingleItem().Reason.ShouldBe(RemovalReason.Bytes);
    }

    [Fact]
    public async Task Delete_Rows_NamesOfTheirStacksGoToo()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("main;secret 1 | main 2", Nanos(0), pod: "a");
        await store.PutAsync("main;open 1", Nanos(0), pod: "b");
        await store.CompactAsync(Start.AddDays(2));
        await DeleteAsync(store, l => l["pod"] == "a");
        (await NamesAsync(store)).ShouldBe("main open");
        store.Catalogue.Blocks().ShouldHaveSingleItem().Datasets.ShouldHaveSingleItem().StackCount.ShouldBe(3);
    }

    [Fact]
    public async Task Delete_OneColumn_StacksThatOnlyItHasGoAndEmptyRowsStay()
    {
        await using var store = await TestStore.OpenAsync();
        await PutBothAsync(store, "main;both 1,10 | main;first 2,0 | main;second 0,30", 0);
        await PutBothAsync(store, "main;first 5,0", 1);
        await store.CompactAsync(Start.AddDays(2));
        await DeleteAsync(store, l => l[LabelNames.ProfileType].Contains(":samples:"));
        (await NamesAsync(store)).ShouldBe("both main second");
        var dataset = store.Catalogue.Blocks().Where(b => !b.IsRollup).ShouldHaveSingleItem().Datasets.ShouldHaveSingleItem();
        (dataset.RowCount, dataset.CellCount).ShouldBe((2, 2L));
        dataset.Types.ShouldHaveSingleItem().Total.ShouldBe(40);
        store.Reports.ShouldBeEmpty();
        // What is left can be merged and read again.
        await store.PutAsync("main;late 1", Nanos(2));
        await store.CompactAsync(Start.AddDays(4));
        await DeleteAsync(store, l => l["pod"] == "a");
        store.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_Everything_LeavesNoBlock()
    {
        await using var store = await DaysAsync(3);
        var result = await DeleteAsync(store, _ => true);
        (result.Rows, result.Series, result.Blocks, result.BytesAfter).ShouldBe((3, 1, 3, 0));
        store.Catalogue.Blocks().ShouldBeEmpty();
        await store.ReopenAsync();
        store.Catalogue.Blocks().ShouldBeEmpty();
        (await store.Files.ListAsync("blocks/", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_RowsStillInTheLog_AreCompactedAndGone()
    {
        await using var store = await TestStore.OpenAsync();
        store.Time.Now = Start;
        await store.PutAsync("a 1", Nanos(0), "cart");
        await store.PutAsync("b 1", Nanos(0), "web");
        await store.PutAsync("c 1", Nanos(0), "cart", tenant: "u");
        (await store.Compactor.DeleteAsync(Request(l => l["service_name"] == "cart"), isDryRun: true, default)).Rows.ShouldBe(1);
        store.Catalogue.Blocks().ShouldBeEmpty("a dry run writes nothing");
        await DeleteAsync(store, l => l["service_name"] == "cart");
        store.Catalogue.Blocks().SelectMany(b => b.Datasets.Select(d => $"{b.Tenant}/{d.Service}")).Order().ShouldBe(["t/web", "u/cart"]);
        store.Catalogue.Segments().ShouldBeEmpty();
    }

    [Fact]
    public async Task Delete_NothingMatches_WritesNothing()
    {
        await using var store = await DaysAsync(1);
        var before = store.Catalogue.Version;
        (await DeleteAsync(store, l => l["service_name"] == "nobody")).Rows.ShouldBe(0);
        store.Catalogue.Version.ShouldBe(before);
    }

    private static async Task<TestStore> DaysAsync(int days)
    {
        var store = await TestStore.OpenAsync();
        for (var day = 0; day < days; day++) await store.PutAsync($"main;day{day} 1", Nanos(24 * day));
        await store.CompactAsync(Start.AddDays(days + 1));
        store.Time.Now += TimeSpan.FromHours(1);
        await store.DeleteDueAsync();
        return store;
    }

    private static Task PutBothAsync(TestStore store, string drawing, long hour)
    {
        var profile = Drawings.Profile(drawing, "samples:count", "cpu:nanoseconds");
        var labels = LabelSet.Of((LabelNames.ServiceName, "cart"), ("pod", "a"));
        var series = new[] { new ProfileTypeId("process_cpu", "samples", "count", "cpu", "nanoseconds"), TestStore.CpuType }
            .Select(t => labels.With(LabelNames.ProfileType, t.ToString())).ToList();
        var row = new ProfileRow(new SeriesGroup(series, [0, 1]), Enumerable.Range(0, profile.Samples.Count).ToArray(), default);
        return store.Ingester.Append("t", "cart", profile, [row], Nanos(hour), (ulong)hour, out _);
    }

    private static DeletionRequest Request(Func<LabelSet, bool> matches) => new("t", "test", matches, long.MinValue, long.MaxValue);

    private static Task<DeletionResult> DeleteAsync(TestStore store, Func<LabelSet, bool> matches) =>
        store.Compactor.DeleteAsync(Request(matches), isDryRun: false, default);

    private static long Nanos(long hour) => ((Start - DateTimeOffset.UnixEpoch).Ticks * 100) + (hour * HourNanos);

    /// <summary>All function names in all blocks.</summary>
    private static async Task<string> NamesAsync(TestStore store)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var sections = new SectionReader(store.Files, store.Reports.Add);
        foreach (var block in store.Catalogue.Blocks())
        {
            foreach (var entry in block.Datasets)
            {
                var view = (await BlockDataset.TryOpenAsync(block, entry, sections, default))!.View;
                for (var i = 0; i < view.Names.Ends.Length; i++) names.Add(System.Text.Encoding.UTF8.GetString(view.Names[i]));
            }
        }
        names.Remove("");
        return string.Join(' ', names);
    }
}
