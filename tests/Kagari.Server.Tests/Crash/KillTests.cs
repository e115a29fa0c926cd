using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Google.Protobuf;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Crash;

/// <summary>A server that is killed at any moment keeps what it acknowledged, once, and nothing by halves.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 50, Connections = 4, FramesPerProfile = 40;

    // Logs shall roll many times, so profiles are large and the files as small as the setting allows.
    private static readonly string[] Flags = ["-ingester.log-file-bytes-max", "1MiB"];

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
            await SendUntilKilledAsync(server, round, random);
        }
        using var last = KagariProcess.Start(directory.Path, Flags);
        (await last.IsReadyAsync(_http, 3000)).ShouldBeTrue();
        await CheckAsync(last, null, $"seed {seed}, at the end");
        output.WriteLine($"{_acknowledged.Count} profiles sent, {_acknowledged.Values.Count(a => a)} acknowledged, "
            + $"{Directory.GetFiles(directory.Path, "*", SearchOption.AllDirectories).Length} files");
    }

    /// <summary>All connections push without pause; after a drawn number of answers the process is killed under them.</summary>
    private async Task SendUntilKilledAsync(KagariProcess server, int round, Random random)
    {
        var answersLeft = random.Next(1, 150);
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

    private static HttpRequestMessage Push(Uri server, string id, int round, Random random)
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
            Samples = { new RawSample { RawProfile = ByteString.CopyFrom(Drawings.Pprof(string.Join(" | ", frames), "cpu:nanoseconds")) } },
        };
        return Proto(new Uri(server, "push.v1.PusherService/Push"), new PushRequest { Series = { series } });
    }

    private async Task CheckAsync(KagariProcess server, int? round, string when)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        using var answer = await _http.SendAsync(Proto(new Uri(server.Url, "querier.v1.QuerierService/SelectMergeStacktraces"), new SelectMergeStacktracesRequest
        {
            ProfileTypeID = "process_cpu:cpu:nanoseconds::",
            LabelSelector = round is null ? "{}" : $"{{round=\"{round}\"}}",
            Start = now - 3_600_000,
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
