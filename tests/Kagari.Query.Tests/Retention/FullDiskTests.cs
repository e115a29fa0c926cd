using Kagari.Profiles;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Query.Tests.Retention;

/// <summary>A disk that is nearly full, and one that is.</summary>
public sealed class FullDiskTests
{
    private const long Limit = 1_000_000;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Push_LessFreeThanTheLimit_IsRefusedUntilThereIsSpace()
    {
        var disk = new Disk { Free = Limit };
        await using var data = await OpenAsync(disk, FullDiskPolicy.Refuse);
        var store = data.Store;
        await store.PutAsync("a 1", Nanos(0));
        disk.Free = Limit - 1;
        await store.PutAsync("b 1", Nanos(0));   // the answer is a second old at most
        store.Time.Now += TimeSpan.FromSeconds(1);
        var refused = Should.Throw<StorageFullException>(() => store.PutAsync("c 1", Nanos(0)));
        refused.Message.ShouldContain($"The disk of '{store.Root}' has 1000 kB free; profiles are refused below 1.0 MB (setting storage.min_free_bytes).");
        (await data.DrawAsync()).ShouldBe("a 1 | b 1");
        disk.Free = Limit;
        store.Time.Now += TimeSpan.FromSeconds(1);
        await store.PutAsync("c 1", Nanos(0));
        (await data.DrawAsync()).ShouldBe("a 1 | b 1 | c 1");
        store.Reports.Select(r => r.Kind).ShouldBe([StorageReportKind.DiskFull, StorageReportKind.DiskFull]);
    }

    [Fact]
    public async Task Compaction_ResultThatMayNotFit_WaitsForSpaceWhileDeletionsGoOn()
    {
        var disk = new Disk { Free = Limit };
        await using var data = await OpenAsync(disk, FullDiskPolicy.Refuse);
        var store = data.Store;
        await store.PutAsync("old 1", Nanos(0));
        await store.CompactAsync(Start.AddDays(2));
        await store.PutAsync("new 1", Nanos(48));
        disk.Free = 1000;
        await store.CompactAsync(Start.AddDays(2).AddHours(3));
        store.Catalogue.Segments().Count.ShouldBe(1);
        store.Compactor.PostponedJobs.ShouldBeGreaterThan(0);
        (await Should.ThrowAsync<StorageFullException>(() => store.Compactor.DeleteAsync(new DeletionRequest("t", "all", _ => true, long.MinValue, long.MaxValue), false, default)))
            .Message.ShouldContain("1000 bytes free: too little to write 1 objects anew");
        store.Retention = _ => new TenantRetention { Period = TimeSpan.FromDays(1) };
        await store.RetainAsync(Start.AddDays(2).AddHours(4));
        (await data.DrawAsync()).ShouldBe("new 1");
        disk.Free = Limit;
        await store.CompactAsync(Start.AddDays(2).AddHours(5));
        store.Catalogue.Segments().ShouldBeEmpty();
        (await data.DrawAsync()).ShouldBe("new 1");
    }

    [Fact]
    public async Task Compaction_RoomForSomeLogs_CompactsThemAndMakesSpaceAtOnce()
    {
        var disk = new Disk { Free = Limit };
        await using var data = await OpenAsync(disk, FullDiskPolicy.Refuse);
        var store = data.Store;
        for (var n = 0; n < 5; n++)
        {
            await store.PutAsync($"n{n} 1", Nanos(0));
            await store.ReopenAsync();
        }
        var logs = store.Catalogue.Segments();
        logs.Count.ShouldBe(5);
        disk.Store!.Free = _ => (Limit / 4) + logs.Take(2).Sum(l => l.Length);
        await store.CompactAsync(Start.AddMinutes(10));
        store.Catalogue.Segments().ShouldBeEmpty();
        store.Jobs[0].Sources.Count.ShouldBe(2);
        (await store.Files.ListAsync("log/", default)).ShouldBeEmpty("nobody waits for the deletion delay now");
        await using var again = new QueryFixture(store);
        (await again.DrawAsync()).ShouldBe("n0 1 | n1 1 | n2 1 | n3 1 | n4 1");
    }

    [Fact]
    public async Task DeleteOldest_NearlyFull_RemovesTheOldestDaysOfAllTenantsUntilThereIsEnough()
    {
        var disk = new Disk();
        await using var data = await OpenAsync(disk, FullDiskPolicy.DeleteOldest);
        var store = data.Store;
        for (var day = 0; day < 6; day++) await store.PutAsync($"day{day} 1", Nanos(24 * day), tenant: day % 2 == 0 ? "t" : "u");
        await store.CompactAsync(Start.AddDays(9));
        await store.PutAsync("log 1", Nanos(24 * 9));
        store.Time.Now += TimeSpan.FromHours(1);
        await store.DeleteDueAsync();
        var days = store.Catalogue.Blocks().OrderBy(b => b.TimeNanosMin).ToList();
        days.Count.ShouldBe(6);
        // All blocks together are less than the half of the limit that is missing.
        var capacity = disk.Store!.UsedBytes + Limit - 1;
        disk.Free = null;
        disk.Store.Free = s => capacity - s.UsedBytes;
        store.Time.Now += TimeSpan.FromSeconds(1);
        await store.FreeSpaceAsync();
        store.Catalogue.Blocks().ShouldBeEmpty();
        (await data.DrawAsync()).ShouldBe("log 1", "what is not compacted stays");
        store.Removals.Select(r => r.Tenant).ShouldBe(["t", "u", "t", "u", "t", "u"]);
        store.Removals.ShouldAllBe(r => r.Reason == RemovalReason.Space);
        (await store.Files.ListAsync("blocks/", default)).ShouldBeEmpty();
        store.Reports.ShouldAllBe(r => r.Kind == StorageReportKind.DiskFull);

        // Half of the limit is still free: pushes are taken. Below, there is nothing left to delete.
        await store.PutAsync("more 1", Nanos(24 * 9));
        disk.Store.Free = _ => (Limit / 2) - 1;
        store.Time.Now += TimeSpan.FromSeconds(1);
        Should.Throw<StorageFullException>(() => store.PutAsync("no 1", Nanos(24 * 9))).Message.ShouldContain("no old blocks left to delete");
    }

    [Fact]
    public async Task DeleteOldest_OneDayIsEnough_LeavesTheRest()
    {
        var disk = new Disk();
        await using var data = await OpenAsync(disk, FullDiskPolicy.DeleteOldest);
        var store = data.Store;
        for (var day = 0; day < 3; day++) await store.PutAsync($"day{day} 1", Nanos(24 * day));
        await store.CompactAsync(Start.AddDays(9));
        store.Time.Now += TimeSpan.FromHours(1);
        await store.DeleteDueAsync();
        var oldest = store.Catalogue.Blocks().MinBy(b => b.TimeNanosMin)!;
        // What a query still reads gives its space back later; it counts as free all the same.
        disk.Free = (Limit * 3 / 2) - oldest.Length;
        (await store.FreeSpaceAsync()).ShouldBeFalse("enough is free");
        disk.Free = Limit - 1;
        disk.Store!.Free = s => store.Catalogue.Blocks().Count < 3 ? Limit * 2 : disk.Free;
        store.Time.Now += TimeSpan.FromSeconds(1);
        (await store.FreeSpaceAsync()).ShouldBeTrue();
        (await data.DrawAsync()).ShouldBe("day1 1 | day2 1");
        (await store.FreeSpaceAsync()).ShouldBeFalse();
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 24)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task AnyWrite_DiskFullInTheMiddle_LosesNothingAcknowledged(int seed)
    {
        var random = new Random(seed);
        var disk = new Disk();
        await using var data = await OpenAsync(disk, FullDiskPolicy.Refuse);
        var store = data.Store;
        var (now, pushed) = (Start, 0);
        var (acknowledged, deleted, attempted) = (new HashSet<string>(), new HashSet<string>(), new HashSet<string>());
        for (var round = 0; round < 12; round++)
        {
            disk.Store!.Budget = random.Next(3) == 0 ? long.MaxValue : random.Next(12_000);
            for (var n = random.Next(8); n > 0; n--)
            {
                var name = $"f{pushed++}";
                attempted.Add(name);
                try
                {
                    await store.PutAsync($"{name} 1", Nanos(now.AddMinutes(-random.Next(200))), service: random.Next(2) == 0 ? "cart" : "web");
                    acknowledged.Add(name);
                }
                catch (IOException)
                {
                    // Not acknowledged: it may be there or not.
                }
            }
            now += TimeSpan.FromMinutes(random.Next(3) switch { 0 => 10, 1 => 90, _ => 1500 });
            await store.CompactAsync(now);
            if (random.Next(3) == 0) await TryDeleteAsync(store, acknowledged, deleted);
            if (random.Next(2) == 0) disk.Store.Budget = long.MaxValue;
            if (random.Next(4) == 0)
            {
                disk.Store.Budget = long.MaxValue;
                await store.ReopenAsync();
            }
            var fresh = new Fresh(store);
            (await fresh.NamesAsync()).IsSupersetOf(acknowledged).ShouldBeTrue($"seed {seed}, round {round}");
        }
        disk.Store!.Budget = long.MaxValue;
        // Failed jobs wait an hour at most.
        await store.CompactAsync(now + TimeSpan.FromDays(3));
        var last = new Fresh(store);
        var names = await last.NamesAsync();
        names.IsSupersetOf(acknowledged).ShouldBeTrue($"seed {seed}");
        names.IsSubsetOf(attempted).ShouldBeTrue($"seed {seed}");
        names.Overlaps(deleted).ShouldBeFalse($"seed {seed}");
        store.Catalogue.Segments().ShouldBeEmpty($"seed {seed}: compaction goes on without a restart");
        store.Reports.ShouldAllBe(r => r.Kind == StorageReportKind.WriteFailed || r.Kind == StorageReportKind.TornTail || r.Kind == StorageReportKind.ManifestRebuilt);
    }

    private static async Task TryDeleteAsync(TestStore store, HashSet<string> acknowledged, HashSet<string> deleted)
    {
        var before = new Fresh(store);
        var cart = await before.NamesAsync("""{service_name="cart"}""");
        try
        {
            await store.Compactor.DeleteAsync(new DeletionRequest("t", "cart", l => l["service_name"] == "cart", long.MinValue, long.MaxValue), false, default);
            deleted.UnionWith(cart);
        }
        catch (IOException)
        {
            // Some of it may be gone.
        }
        acknowledged.ExceptWith(cart);
    }

    private static async Task<QueryFixture> OpenAsync(Disk disk, FullDiskPolicy policy)
    {
        var store = await TestStore.OpenAsync(space: new DiskSpaceOptions { MinFreeBytes = Limit, WhenFull = policy }, wrap: disk.Wrap);
        store.Time.Now = Start;
        return new QueryFixture(store);
    }

    private static long Nanos(double hours) => Nanos(Start.AddHours(hours));

    private static long Nanos(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * 100;

    private sealed class Disk
    {
        public long? Free { get; set; }

        public LimitedStore? Store { get; private set; }

        public IAppendStore Wrap(LocalObjectStore files) => Store = new LimitedStore(files) { Free = _ => Free };
    }

    /// <summary>An engine that has read nothing yet.</summary>
    private sealed class Fresh(TestStore store)
    {
        private readonly QueryEngine _engine = new(store.Catalogue, store.NewDatasets());

        public async Task<HashSet<string>> NamesAsync(string selector = "{}")
        {
            var text = Drawings.Draw(await _engine.MergeTreeAsync(QueryFixture.Ask(selector), StackFilter.None, default));
            return text.Length == 0 ? [] : [.. text.Split(" | ").Select(s => s.Split(' ')[0])];
        }
    }
}
