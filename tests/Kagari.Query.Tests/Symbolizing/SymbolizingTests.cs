using Kagari.Profiles;
using Kagari.Storage;
using Kagari.Testing;

namespace Kagari.Query.Tests.Symbolizing;

/// <summary>Addresses become functions whatever level of storage they are read from, and only where something is known.</summary>
public sealed class SymbolizingTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 10, 0, TimeSpan.Zero);

    [Fact]
    public async Task Tree_AtEveryLevel_NamesWhatIsKnown()
    {
        await using var store = await TestStore.OpenAsync();
        var resolver = new KnownAddresses();
        var engine = new QueryEngine(store.Catalogue, store.NewDatasets(), resolver);
        // Two processes of one binary, in one build each; the second build is not known.
        for (var minute = 0; minute < 1440; minute += 20)
        {
            await PutAsync(store, "main;@10;@20 1 | main;@10 2", minute, "b0b1", memoryStart: 0x7000);
            await PutAsync(store, "main;@10;@20 10", minute, "b0b1", memoryStart: 0x9000);
            await PutAsync(store, "main;@10 100", minute, "beef", memoryStart: 0x7000);
        }
        for (var level = 0; level < 3; level++)
        {
            if (level > 0) await store.CompactAsync(level == 1 ? Start.AddMinutes(30) : Start.AddDays(3));
            resolver.Forget();
            (await DrawAsync(engine)).ShouldBe("main;lib!0x7010 7344 | main;lib!0x7010;lib!0x7020 72 | main;lib!0x9010;lib!0x9020 720", $"level {level}: nothing is known");

            resolver.Learn("b0b1", 0x20, ("inner", 5), ("work", 9));
            // The address that is not known is the same in both builds, and so is its name.
            (await DrawAsync(engine)).ShouldBe("main;lib!0x7010 7344 | main;lib!0x7010;work;inner 72 | main;lib!0x9010;work;inner 720", $"level {level}");

            resolver.Learn("b0b1", 0x10, ("run", 2));
            (await DrawAsync(engine)).ShouldBe("main;lib!0x7010 7200 | main;run 144 | main;run;work;inner 792", $"level {level}");
            (await DrawAsync(engine, new StackFilter { CallSite = ["main", "run"] })).ShouldBe("main;run 144 | main;run;work;inner 792", $"level {level}");
            var sums = await engine.SumFunctionsAsync(QueryFixture.Ask(), TestStore.CpuType, default);
            sums.Rows.Single(r => sums.Names.GetString(r.Name) == "inner").Self.ShouldBe(792, $"level {level}");
            var profile = await engine.MergeProfileAsync(QueryFixture.Ask(), TestStore.CpuType, StackFilter.None, null, default);
            profile.Samples.Count.ShouldBe(3, $"level {level}: lines are the same in both processes");
        }
        store.Catalogue.Blocks().ShouldContain(b => b.IsRollup);
    }

    [Fact]
    public async Task Tree_WithoutAddresses_ReadsRollups()
    {
        await using var store = await TestStore.OpenAsync();
        var resolver = new KnownAddresses();
        resolver.Learn("b0b1", 0x20, ("inner", 5));
        var engine = new QueryEngine(store.Catalogue, store.NewDatasets(), resolver);
        for (var minute = 0; minute < 1440; minute += 20) await store.PutAsync("a;b 1", Nanos(minute));
        await store.CompactAsync(Start.AddDays(3));
        var query = QueryFixture.Ask();
        (await DrawAsync(engine, query: query)).ShouldBe("a;b 72");
        (query.Run.Rollups > 0, query.Run.Replans).ShouldBe((true, 0));
    }

    [Fact]
    public async Task Tree_OfAddressesWhoseProfilesAreGone_StillReadsRollups()
    {
        await using var store = await TestStore.OpenAsync();
        var resolver = new KnownAddresses();
        resolver.Learn("b0b1", 0x20, ("inner", 5));
        for (var minute = 0; minute < 1440; minute += 20) await PutAsync(store, "main;@20 1", minute, "b0b1", 0x7000);
        await store.CompactAsync(Start.AddDays(3));
        store.Retention = _ => TenantRetention.Forever with { Period = TimeSpan.FromDays(2), RollupPeriod = TimeSpan.FromDays(100) };
        await store.RetainAsync(Start.AddDays(10));
        store.Catalogue.Blocks().ShouldAllBe(b => b.IsRollup);
        var engine = new QueryEngine(store.Catalogue, store.NewDatasets(), resolver);
        (await DrawAsync(engine)).ShouldBe("main;lib!0x7020 72", "sums have no lines that could be named");
    }

    private static async Task<string> DrawAsync(QueryEngine engine, StackFilter? filter = null, SeriesQuery? query = null) =>
        Drawings.Draw(await engine.MergeTreeAsync(query ?? QueryFixture.Ask(), filter ?? StackFilter.None, default));

    private static long Nanos(int minute) => (Start.AddMinutes(minute) - DateTimeOffset.UnixEpoch).Ticks * 100;

    /// <summary>A frame <c>@10</c> is ten bytes into the mapped binary.</summary>
    private static Task PutAsync(TestStore store, string drawing, int minute, string buildId, ulong memoryStart)
    {
        var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
        profile.Mappings.Add(new Mapping(memoryStart, memoryStart + 0x1000, 0, profile.AddString("/usr/lib/lib"), profile.AddString(buildId), MappingFlags.None));
        for (var i = 0; i < profile.Locations.Count; i++)
        {
            var location = profile.Locations[i];
            var name = profile.GetString(profile.Functions[profile.Lines[location.LineStart].Function].Name);
            if (name[0] == '@') profile.Locations[i] = new Location(0, 0, 0, memoryStart + Convert.ToUInt64(name[1..], 16));
        }
        var labels = LabelSet.Of([(LabelNames.ServiceName, "cart"), (LabelNames.ProfileType, TestStore.CpuType.ToString())]);
        var samples = Enumerable.Range(0, profile.Samples.Count).ToArray();
        var hash = XxHash64.Of(System.Text.Encoding.UTF8.GetBytes($"{drawing} {buildId} {memoryStart}"));
        return store.Ingester.Append("t", "cart", profile, [new ProfileRow(new SeriesGroup([labels], [0]), samples, default)], Nanos(minute), hash, out _);
    }

    private sealed class KnownAddresses : IAddressResolver
    {
        private readonly Dictionary<(string BuildId, ulong Offset), (string Function, long Line)[]> _known = [];
        private long _version = 1;

        public void Learn(string buildId, ulong offset, params (string Function, long Line)[] frames)
        {
            _known[(buildId, offset)] = frames;
            _version++;
        }

        public void Forget()
        {
            _known.Clear();
            _version++;
        }

        public long VersionOf(string tenant) => _version;

        public ValueTask<IReadOnlyList<IReadOnlyList<ResolvedFrame>>> ResolveAsync(
            string tenant, string buildId, IReadOnlyList<CodeAddress> addresses, CancellationToken cancellation)
        {
            addresses.ShouldAllBe(a => a.Address >= a.MemoryStart && a.Address < a.MemoryLimit);
            return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<ResolvedFrame>>>(
            [
                .. addresses.Select(a => _known.TryGetValue((buildId, a.Address - a.MemoryStart), out var frames)
                    ? frames.Select(f => new ResolvedFrame(f.Function, f.Function, "a.c", f.Line, 1)).ToArray() : []),
            ]);
        }
    }
}
