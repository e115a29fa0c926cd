using Kagari.Query;
using Kagari.Server.Debuginfo;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Clients;
using Kagari.Storage;
using Kagari.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using ManualTime = Kagari.Testing.ManualTime;

namespace Kagari.Server.Tests.Debuginfo;

/// <summary>A debuginfod server, a real one over loopback: what it has, has not, and fails to give.</summary>
public sealed class DebuginfodTests
{
    [Fact]
    public async Task Resolve_OfABinaryThatTheServerHas_FetchesItOnce()
    {
        using var folder = new TemporaryDirectory();
        var program = await StrippedProgram.BuildAsync(folder);
        await using var debuginfod = new LoopbackHttp(_ => (200, program.DebugFile));
        using var world = new World(debuginfod);
        var symbolizer = await world.OpenAsync();
        var before = symbolizer.VersionOf("anonymous");
        before.ShouldBeGreaterThan(0);
        var frames = await symbolizer.ResolveAsync("anonymous", program.BuildId, [new CodeAddress(program.Inlined, 0, 0, 0)], default);
        frames[0].Select(f => f.Function).ShouldBe(["inner", "work"]);
        symbolizer.VersionOf("anonymous").ShouldBeGreaterThan(before, "answers that were made without it are no longer right");
        await symbolizer.ResolveAsync("other", program.BuildId, [new CodeAddress(program.Inlined, 0, 0, 0)], default);
        debuginfod.Paths.ShouldBe([$"/buildid/{program.BuildId}/debuginfo"]);
        // After a start it is there without asking.
        frames = await (await world.OpenAsync()).ResolveAsync("anonymous", program.BuildId, [new CodeAddress(program.Main, 0, 0, 0)], default);
        frames[0].Select(f => f.Function).ShouldBe(["main"]);
        debuginfod.Paths.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(404, 2 * 24 * 60, 8 * 24 * 60)]
    [InlineData(500, 0.5, 2)]
    public async Task Resolve_OfWhatTheServerHasNot_AsksAgainOnlyLater(int status, double minutesTooEarly, double minutesLater)
    {
        await using var debuginfod = new LoopbackHttp(_ => (status, Array.Empty<byte>()));
        using var world = new World(debuginfod);
        var symbolizer = await world.OpenAsync();
        async Task AskAsync() => (await symbolizer.ResolveAsync("anonymous", "b0b1", [new CodeAddress(16, 0, 0, 0)], default))[0].ShouldBeEmpty();
        await AskAsync();
        await AskAsync();
        world.Time.Now += TimeSpan.FromMinutes(minutesTooEarly);
        await AskAsync();
        debuginfod.Paths.Count.ShouldBe(1);
        world.Time.Now += TimeSpan.FromMinutes(minutesLater);
        await AskAsync();
        debuginfod.Paths.Count.ShouldBe(2);
    }

    /// <summary>Whatever is wrong with an answer, the next one counts.</summary>
    [Fact]
    public async Task Resolve_AfterABrokenAnswer_TriesAgain()
    {
        using var folder = new TemporaryDirectory();
        var program = await StrippedProgram.BuildAsync(folder);
        var answers = 0;
        await using var debuginfod = new LoopbackHttp(_ => ++answers == 1 ? (200, "no gzip"u8.ToArray()) : (200, program.DebugFile)) { ContentEncodingOfFirst = "gzip" };
        using var world = new World(debuginfod);
        var symbolizer = await world.OpenAsync();
        (await symbolizer.ResolveAsync("anonymous", program.BuildId, [new CodeAddress(program.Main, 0, 0, 0)], default))[0].ShouldBeEmpty();
        world.Time.Now += TimeSpan.FromMinutes(2);
        (await symbolizer.ResolveAsync("anonymous", program.BuildId, [new CodeAddress(program.Main, 0, 0, 0)], default))[0].ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Resolve_OfAFileThatIsTooLarge_KeepsNothing()
    {
        await using var debuginfod = new LoopbackHttp(_ => (200, new byte[100_000]));
        using var world = new World(debuginfod);
        (await (await world.OpenAsync()).ResolveAsync("anonymous", "b0b1", [new CodeAddress(16, 0, 0, 0)], default))[0].ShouldBeEmpty();
        (await world.Store.ListAsync("debug-info-fetched/", default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Resolve_OfNoBuildId_AsksNobody()
    {
        await using var debuginfod = new LoopbackHttp(_ => (200, Array.Empty<byte>()));
        using var world = new World(debuginfod);
        (await (await world.OpenAsync()).ResolveAsync("anonymous", "../../metrics", [new CodeAddress(16, 0, 0, 0)], default))[0].ShouldBeEmpty();
        debuginfod.Paths.ShouldBeEmpty();
    }

    private sealed class World(LoopbackHttp debuginfod) : IDisposable
    {
        private readonly TemporaryDirectory _directory = new();
        private readonly List<DebuginfodClient> _clients = [];
        private LocalObjectStore? _store;

        public ManualTime Time { get; } = new(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));

        public LocalObjectStore Store => _store ??= new LocalObjectStore(_directory.Path);

        public Task<Symbolizer> OpenAsync()
        {
            var files = new DebugFiles(Store);
            _clients.Add(new DebuginfodClient(files, new DebuginfodOptions { Url = debuginfod.Url, BytesMax = 90_000 }, Time, NullLogger<DebuginfodClient>.Instance));
            return Symbolizer.OpenAsync(files, _clients[^1], new StaticLimits(new TenantLimits()), TimeProvider.System, default);
        }

        public void Dispose()
        {
            foreach (var client in _clients) client.Dispose();
            _store?.Dispose();
            _directory.Dispose();
        }
    }
}
