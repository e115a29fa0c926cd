using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Ingest;

public sealed class IngesterTests
{
    [Fact]
    public async Task Append_Acknowledged_IsVisible()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1 | a;c 2", 1);
        (await store.DrawAsync()).ShouldBe("a;b 1 | a;c 2");
    }

    [Fact]
    public async Task Append_ManySegments_AddUp()
    {
        await using var store = await TestStore.OpenAsync();
        for (var i = 1; i <= 20; i++) await store.PutAsync($"a;b 1 | a;d{i % 3} 2", i);
        (await store.DrawAsync()).ShouldBe("a;b 20 | a;d0 12 | a;d1 14 | a;d2 14");
        store.Catalogue.Segments().Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task Append_SameProfileTwice_IsStoredTwiceAndCountedOnce()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 7);
        await store.PutAsync("a;b 1", 7);
        (await store.DrawAsync()).ShouldBe("a;b 1");
    }

    [Fact]
    public async Task Append_KnownStacks_StoreNoSymbolsAgain()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1 | a;c 2", 1);
        await store.PutAsync("a;b 3 | a;c 4", 2);
        var segments = store.Catalogue.Segments();
        var first = segments[0].Datasets[0][SectionKind.Symbols].RawBytes;
        var second = segments[^1].Datasets[0][SectionKind.Symbols].RawBytes;
        second.ShouldBeLessThan(first);
        second.ShouldBe(10, "five empty ranges of a start and a count");
    }

    [Fact]
    public async Task Append_LogFileFull_ContinuesInANewOne()
    {
        await using var store = await TestStore.OpenAsync(new IngesterOptions { FlushInterval = TimeSpan.Zero, LogFileBytesMax = 1 });
        for (var i = 1; i <= 10; i++) await store.PutAsync("a;b 1 | a;c 2", i);
        (await store.DrawAsync()).ShouldBe("a;b 10 | a;c 20");
        store.Catalogue.Segments().Select(s => s.ObjectKey).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Append_DictionariesOverBudget_AreEvictedAndComeBack()
    {
        await using var store = await TestStore.OpenAsync(new IngesterOptions { FlushInterval = TimeSpan.Zero, DictionaryBytesMax = 1 });
        for (var i = 1; i <= 10; i++) await store.PutAsync("a;b 1", i, service: $"s{i % 2}");
        (await store.DrawAsync()).ShouldBe("a;b 10");
        store.Catalogue.Segments().SelectMany(s => s.Datasets).Select(d => d.Generation).Distinct().Count().ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task Append_Concurrent_LosesNothing()
    {
        await using var store = await TestStore.OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => store.PutAsync("a;b 1", i, service: $"s{i % 5}", pod: $"p{i}"))));
        (await store.DrawAsync()).ShouldBe("a;b 200");
    }

    /// <summary>An append that ends halfway takes its writer with it: others are told, never acknowledged and lost.</summary>
    [Fact]
    public async Task Append_ThrowsHalfway_LosesNothingThatWasAcknowledged()
    {
        await using var store = await TestStore.OpenAsync();
        var acknowledged = 0;
        for (var round = 0; round < 300; round++)
        {
            var good = store.PutAsync("a;b 1", round);
            var profile = Drawings.Profile("a;c 1", "cpu:nanoseconds");
            var series = LabelSet.Of([(LabelNames.ServiceName, "cart")]);
            ProfileRow[] rows = [new(new SeriesGroup([series], [0]), new[] { 0, 7 }, default)];   // there is no sample 7
            Should.Throw<Exception>(() => { _ = store.Ingester.Append("t", "cart", profile, rows, round, 1, out _); });
            try
            {
                await good;
                acknowledged++;
            }
            catch (IOException)
            {
                // Told: the client would send it again.
            }
        }
        await store.PutAsync("last 1", 1_000);
        var drawn = await store.DrawAsync();
        drawn.ShouldContain("last 1");
        drawn.ShouldNotContain("a;c");
        var stored = drawn.Split(" | ").Where(s => s.StartsWith("a;b ", StringComparison.Ordinal)).Sum(s => int.Parse(s["a;b ".Length..]));
        stored.ShouldBeGreaterThanOrEqualTo(acknowledged);
    }

    [Fact]
    public async Task Reopen_AfterCleanStop_HasEverything()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1);
        await store.ReopenAsync();
        await store.PutAsync("a;c 2", 2);
        await store.ReopenAsync();
        (await store.DrawAsync()).ShouldBe("a;b 1 | a;c 2");
        store.Reports.ShouldBeEmpty();
    }

    [Fact]
    public async Task Open_DirectoryInUse_SaysSo()
    {
        await using var store = await TestStore.OpenAsync();
        Should.Throw<IOException>(() => new LocalObjectStore(store.Root)).Message.ShouldContain("in use by another process");
    }
}
