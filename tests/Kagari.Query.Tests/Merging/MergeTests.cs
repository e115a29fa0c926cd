using Kagari.Profiles;
using Kagari.Storage;
using Kagari.Testing;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Merging;

public sealed class MergeTests
{
    [Fact]
    public async Task Tree_OfManySegments_IsTheSameByOneThreadAndByMany()
    {
        await using var data = await QueryFixture.OpenAsync();
        for (var i = 1; i <= 200; i++) await data.Store.PutAsync($"a;b 1 | a;c{i % 7} 2 | d{i} 1", i * QueryFixture.Second);
        data.Store.Catalogue.Segments().Count.ShouldBeGreaterThan(128, "or nothing is divided");
        foreach (var query in new[] { QueryFixture.Ask(), QueryFixture.Ask("{}", 20, 180) })
        {
            var drawings = new List<string>();
            foreach (var threads in new[] { 1, 2, 5 })
            {
                var engine = new QueryEngine(data.Store.Catalogue, data.Store.NewDatasets()) { ParallelDatasets = threads };
                drawings.Add(Drawings.Draw(await engine.MergeTreeAsync(query, StackFilter.None, default)));
            }
            drawings.Distinct().ShouldHaveSingleItem().ShouldContain("a;b ");
            query.Run.MemoryBytes.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task Merge_SharedPrefix_AddsValues()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b 1 | a;c 2", 1);
        await data.Store.PutAsync("a;b 3", 2);
        (await data.DrawAsync()).ShouldBe("a;b 4 | a;c 2");
    }

    [Fact]
    public async Task Merge_SeveralServices_SelectsByLabels()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b 1", 1, service: "cart", pod: "x");
        await data.Store.PutAsync("a;b 10", 2, service: "cart", pod: "y");
        await data.Store.PutAsync("a;b 100", 3, service: "web", pod: "x");
        (await data.DrawAsync("""{service_name="cart"}""")).ShouldBe("a;b 11");
        (await data.DrawAsync("""{pod="x"}""")).ShouldBe("a;b 101");
        (await data.DrawAsync("""{service_name!="cart"}""")).ShouldBe("a;b 100");
        (await data.DrawAsync("""{zone=""}""")).ShouldBe("a;b 111");
        (await data.DrawAsync("""{zone="eu"}""")).ShouldBe("");
    }

    [Fact]
    public async Task Merge_Range_IncludesBothEnds()
    {
        await using var data = await OpenAsync();
        for (var second = 1; second <= 5; second++) await data.Store.PutAsync($"t{second} 1", second * Second);
        (await data.DrawAsync(Ask("{}", 2, 4))).ShouldBe("t2 1 | t3 1 | t4 1");
    }

    [Fact]
    public async Task Merge_Tenants_AreApartUnlessAskedTogether()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 1", 1, tenant: "one");
        await data.Store.PutAsync("a 1", 1, tenant: "two");
        (await data.DrawAsync(Ask(tenants: "one"))).ShouldBe("a 1");
        (await data.DrawAsync(Ask(tenants: ["one", "two"]))).ShouldBe("a 2");
    }

    [Fact]
    public async Task Merge_ProfileSentTwice_CountsOnce()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 1", 1);
        await data.Store.PutAsync("a 1", 1);
        await data.Store.ReopenAsync();
        await using var again = new QueryFixture(data.Store);
        await data.Store.PutAsync("a 1", 1);
        (await again.DrawAsync()).ShouldBe("a 1");
    }

    /// <summary>A rule may drop a label for one sample type only: then two rows of one push share that type's series.</summary>
    [Fact]
    public async Task Merge_RowsOfOnePushThatShareASeries_BothCount()
    {
        await using var data = await OpenAsync();
        var cpu = LabelSet.Of([(LabelNames.ServiceName, "cart"), (LabelNames.ProfileType, "cpu")]);
        SeriesGroup Group(string thread) => new([cpu, cpu.With(LabelNames.ProfileType, "wall").With("thread", thread)], [0, 1]);
        var profile = Drawings.Profile("a 1,10 | a 2,20", "cpu:ns", "wall:ns");
        ProfileRow[] rows = [new(Group("1"), new[] { 0 }, default), new(Group("2"), new[] { 1 }, default)];
        await data.Store.Ingester.Append("t", "cart", profile, rows, 1, 99, out _);
        (await data.DrawAsync("{__profile_type__='cpu'}")).ShouldBe("a 3");
        (await data.Engine.MergeTreeAsync(Ask("{thread='1'}"), StackFilter.None, default)).Selfs[1].ShouldBe(10);
    }

    [Fact]
    public async Task Merge_CallSite_KeepsStacksThatStartSo()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b;c 1 | a;b 2 | a;c 4 | b;a;b 8", 1);
        (await data.DrawAsync(Ask(), new StackFilter { CallSite = ["a", "b"] })).ShouldBe("a;b 2 | a;b;c 1");
        (await data.DrawAsync(Ask(), new StackFilter { CallSite = ["x"] })).ShouldBe("");
    }

    [Fact]
    public async Task Merge_FrameFilter_AsksWholeStacks()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b;c 1 | a;b 2 | a;c 4 | d 8", 1);
        (await data.DrawAsync(Ask(), new StackFilter { IncludeNames = ["a", "c"] })).ShouldBe("a;b;c 1 | a;c 4");
        (await data.DrawAsync(Ask(), new StackFilter { ExcludeNames = ["b"] })).ShouldBe("a;c 4 | d 8");
        Re2.TryCreate("^[bd]$", anchored: false, out var pattern, out _).ShouldBeTrue();
        (await data.DrawAsync(Ask(), new StackFilter { IncludePatterns = [pattern!] })).ShouldBe("a;b 2 | a;b;c 1 | d 8");
    }

    [Fact]
    public async Task MergeProfile_OfStacks_HasTheSameTotals()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b 1 | a;c 2", 1);
        await data.Store.PutAsync("a;b 3 | d 5", 2);
        var profile = await data.Engine.MergeProfileAsync(Ask(), TestStore.CpuType, StackFilter.None, null, default);
        Drawings.Draw(Drawings.TreeOf(profile)).ShouldBe("a;b 4 | a;c 2 | d 5");
        profile.GetString(profile.SampleTypes[0].Type).ShouldBe("cpu");
    }

    [Fact]
    public async Task MergeProfile_ForPgo_KeepsFramesNextToTheLeaf()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b;c 1 | x;b;c 2", 1);
        var profile = await data.Engine.MergeProfileAsync(Ask(), TestStore.CpuType, StackFilter.None, new PgoOptions(2, true), default);
        Drawings.Draw(Drawings.TreeOf(profile)).ShouldBe("b;c 3");
    }

    /// <summary>However profiles are spread over segments, chains and restarts, the answer is that of one tree.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Merge_AnySplitIntoSegments_GivesTheSameTree(int seed)
    {
        var random = new Random(seed);
        var options = new IngesterOptions
        {
            FlushInterval = random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromMilliseconds(2),
            LogFileBytesMax = random.Next(3) switch { 0 => 1, 1 => 3000, _ => 64 << 20 },
            DictionaryBytesMax = random.Next(2) == 0 ? 1 : 96 << 20,
        };
        await using var store = await TestStore.OpenAsync(options);
        var expected = new FunctionTree();
        var waiting = new List<Task>();
        for (var i = 0; i < 60; i++)
        {
            var drawing = RandomDrawing(random);
            expected.Merge(Drawings.Tree(drawing));
            waiting.Add(store.PutAsync(drawing, i, service: $"s{random.Next(3)}", pod: $"p{random.Next(4)}"));
            if (random.Next(3) == 0) await Task.WhenAll(waiting);
            if (random.Next(25) != 0) continue;
            await Task.WhenAll(waiting);
            await store.ReopenAsync();
        }
        await Task.WhenAll(waiting);
        var engine = new QueryEngine(store.Catalogue, store.NewDatasets());
        var tree = await engine.MergeTreeAsync(Ask(), StackFilter.None, default);
        Drawings.Draw(tree).ShouldBe(Drawings.Draw(expected), $"seed {seed}, {options}");
    }

    private static string RandomDrawing(Random random) => string.Join(" | ", Enumerable.Range(0, random.Next(1, 12)).Select(_ =>
        string.Join(';', Enumerable.Range(0, random.Next(1, 9)).Select(_ => $"f{random.Next(6)}")) + " " + random.Next(1, 1000)));
}
