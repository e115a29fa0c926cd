using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Crash;

/// <summary>A server that is killed at any moment keeps what it acknowledged, once, and nothing by halves.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 50, Connections = 4, FramesPerProfile = 40;

    private bool _withOld;

    // Logs shall roll many times, so profiles are large and the files as small as the setting allows.
    private static readonly string[] Flags = ["-ingester.log-file-bytes-max", "1MiB"];

    // Logs end every second, and what is older than an hour or a day is merged into hours and days at once.
    private static readonly string[] CompactingFlags =
    [
        "-compactor.first-window", "1s", "-compactor.hour-delay", "0s", "-compactor.day-delay", "0s", "-compactor.deletion-delay", "100ms",
        "-compactor.interval", "50ms", "-compactor.memory-bytes-max", "16MiB", "-compactor.log-files-max", "2", "-validation.reject-older-than", "0s",
    ];

    private static readonly long[] Ages = [0, 0, 2 * 3_600_000L, 2 * 3_600_000L, 50 * 3_600_000L];

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task Kill_AnyMoment_KeepsAcknowledgedProfilesOnce()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        for (var round = 0; round < Rounds; round++)
        {
            using var server = KagariProcess.Start(directory.Path, Flags);
            // Now and then it dies while it still recovers from its last death.
            if (!await server.IsReadyAsync(_http, random.Next(8) == 0 ? random.Next(30) : 3000)) continue;
            if (round > 0) await CheckAsync(server, round % 5 == 0 ? null : round - 1, $"seed {seed}, round {round}");
            await SendUntilKilledAsync(server, round, random, random.Next(1, 150));
        }
        using var last = KagariProcess.Start(directory.Path, Flags);
        (await last.IsReadyAsync(_http, 3000)).ShouldBeTrue();
        await CheckAsync(last, null, $"seed {seed}, at the end");
        output.WriteLine($"{_acknowledged.Count} profiles sent, {_acknowledged.Values.Count(a => a)} acknowledged, "
            + $"{Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories).Length} files");
    }

    [Fact]
    public async Task Kill_DuringCompaction_KeepsAcknowledgedProfilesOnce()
    {
        var seed = Number("KAGARI_KILL_SEED") ?? Environment.TickCount;
        var rounds = Number("KAGARI_KILLS") ?? (Environment.GetEnvironmentVariable("KAGARI_FUZZ_SECONDS") is null ? 10 : 100);
        output.WriteLine($"seed {seed}, {rounds} kills");
        var random = new Random(seed);
        using var directory = new TemporaryDirectory();
        _withOld = true;
        string[] flags = [.. Flags, .. CompactingFlags];
        for (var round = 0; round < rounds; round++)
        {
            using var server = KagariProcess.Start(directory.Path, flags);
            if (!await server.IsReadyAsync(_http, random.Next(8) == 0 ? random.Next(30) : 3000)) continue;
            if (round > 0) await CheckAsync(server, round % 3 == 0 ? null : round - 1, $"seed {seed}, round {round}");
            // Enough answers that some rounds see a few windows end, and some die in their first.
            await SendUntilKilledAsync(server, round, random, random.Next(1, 1500));
            (await server.KillForLogAsync()).ShouldNotContain("BUG", customMessage: $"seed {seed}, round {round}");
        }
        using var last = KagariProcess.Start(directory.Path, flags);
        (await last.IsReadyAsync(_http, 3000)).ShouldBeTrue();
        await CheckAsync(last, null, $"seed {seed}, at the end");
        // It goes on: in the end nothing waits that could be merged, and all is still there.
        var blocks = await BlocksWhenIdleAsync(last);
        await CheckAsync(last, null, $"seed {seed}, after compaction");
        blocks.ShouldContain(b => b.Contains("/L3-", StringComparison.Ordinal), "no day was ever merged");
        output.WriteLine($"{_acknowledged.Count} profiles sent, {_acknowledged.Values.Count(a => a)} acknowledged, {blocks.Count} blocks in the end");
    }

    /// <summary>The names of blocks once all logs are merged and no day has more than what one job wrote.</summary>
    private async Task<List<string>> BlocksWhenIdleAsync(KagariProcess server)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var least = double.MaxValue;
        for (var i = 0; i < 1200; i++)
        {
            var metrics = await _http.GetStringAsync(new Uri(server.Url, "metrics"));
            if (Metric(metrics, "kagari_catalogue_segments") == 0 && Metric(metrics, "kagari_compactor_doomed_objects") == 0)
                return [.. Directory.GetFiles(server.Directory, "*.blk", SearchOption.AllDirectories)];
            // As long as it gets on with it, it may take its time.
            if (Metric(metrics, "kagari_catalogue_segments") is var left && left < least) (least, i) = (left, 0);
            await pause.WaitForNextTickAsync();
        }
        var ours = (await _http.GetStringAsync(new Uri(server.Url, "metrics"))).Split('\n').Where(l => l.StartsWith("kagari_c", StringComparison.Ordinal));
        throw new InvalidOperationException($"Compaction does not come to an end: {string.Join("; ", ours)}. {await server.KillForLogAsync()}");
    }

    private static double Metric(string metrics, string name) => double.Parse(
        metrics.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).AsSpan(name.Length + 1), CultureInfo.InvariantCulture);

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>All connections push without pause; after a drawn number of answers the process is killed under them.</summary>
    private async Task SendUntilKilledAsync(KagariProcess server, int round, Random random, int answersLeft)
    {
        var seeds = Enumerable.Range(0, Connections).Select(_ => random.Next()).ToArray();
        var senders = Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            var own = new Random(seeds[connection]);
            for (var n = 0; ; n++)
            {
                var id = $"r{round:00}-c{connection}-{n}";
                _acknowledged[id] = false;
                try
                {
                    using var answer = await _http.SendAsync(Push(server.Url, id, round, own));
                    var text = await answer.Content.ReadAsStringAsync();
                    if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{id}: {(int)answer.StatusCode} {text}");
                    _acknowledged[id] = true;
                }
                catch (HttpRequestException)
                {
                    return;   // killed: nobody knows what became of this one
                }
                if (Interlocked.Decrement(ref answersLeft) == 0) server.Kill();
            }
        }));
        await Task.WhenAll(senders);
    }

    private HttpRequestMessage Push(Uri server, string id, int round, Random random)
    {
        var frames = Enumerable.Range(0, FramesPerProfile).Select(_ => $"{id};{random.NextInt64():x16}{random.NextInt64():x16} 1");
        var series = new RawProfileSeries
        {
            Labels =
            {
                new LabelPair { Name = "__name__", Value = "process_cpu" },
                new LabelPair { Name = "service_name", Value = $"crash-{round % 3}" },
                new LabelPair { Name = "round", Value = $"{round}" },
            },
            Samples = { new RawSample { RawProfile = ByteString.CopyFrom(Pprof(string.Join(" | ", frames), _withOld ? Ages[random.Next(Ages.Length)] : 0, random)) } },
        };
        return Proto(new Uri(server, "push.v1.PusherService/Push"), new PushRequest { Series = { series } });
    }

    /// <summary>A profile of now, of hours ago, or of another day.</summary>
    private static byte[] Pprof(string drawing, long age, Random random)
    {
        var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
        profile.TimeNanos = (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() - age - random.Next(1000)) * 1_000_000;
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private async Task CheckAsync(KagariProcess server, int? round, string when)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var answer = await _http.SendAsync(Proto(new Uri(server.Url, "querier.v1.QuerierService/SelectMergeStacktraces"), new SelectMergeStacktracesRequest
        {
            ProfileTypeID = "process_cpu:cpu:nanoseconds::",
            LabelSelector = round is null ? "{}" : $"{{round=\"{round}\"}}",
            Start = now - (100 * 3_600_000L),
            End = now + 3_600_000,
            MaxNodes = 1_000_000,
        }));
        answer.EnsureSuccessStatusCode();
        var graph = SelectMergeStacktracesResponse.Parser.ParseFrom(await answer.Content.ReadAsByteArrayAsync()).Flamegraph;
        var stored = new Dictionary<string, long>();
        var roots = graph is { Levels.Count: > 1 } ? graph.Levels[1].Values : [];
        for (var i = 0; i < roots.Count; i += 4) stored[graph!.Names[(int)roots[i + 3]]] = roots[i + 1];
        foreach (var (id, value) in stored)
        {
            _acknowledged.ShouldContainKey(id, $"{when}: this was never sent");
            value.ShouldBe(FramesPerProfile, $"{when}: {id} is stored twice or by halves");
        }
        var lost = _acknowledged.Where(a => a.Value && (round is null || a.Key.StartsWith($"r{round:00}-", StringComparison.Ordinal)) && !stored.ContainsKey(a.Key));
        lost.Select(a => a.Key).ShouldBeEmpty($"{when}: acknowledged, and lost");
    }

    private static HttpRequestMessage Proto(Uri url, IMessage message)
    {
        var content = new ByteArrayContent(message.ToByteArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        return new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
    }
}
