using System.Collections.Concurrent;
using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Kagari.Bench.Harness;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Bench.BlackBox;

/// <summary>Replays real profiles as a fleet: services x pods x {cpu, allocs}, over a number of connections.</summary>
internal sealed class Replay(int services, int pods, int pushes, int connections, long endMillis)
{
    public long GzipBytes { get; private set; }

    public List<double> Milliseconds { get; } = [];

    public double Seconds { get; private set; }

    /// <summary>The bodies before anything is measured; each has its own time within the last hour.</summary>
    public List<byte[]> Prepare()
    {
        var cpu = LiveProfiles.Load("cpu");
        var allocs = LiveProfiles.Load("allocs");
        var bodies = new List<byte[]>(pushes);
        for (var i = 0; i < pushes; i++)
        {
            var (service, pod, isCpu) = (i / 2 % services, i / 2 / services % pods, i % 2 == 0);
            var profile = LiveProfiles.OfPod(isCpu ? cpu : allocs, service, pod, i / 2 / services / pods);
            GzipBytes += profile.Length;
            var nanos = (endMillis - ((pushes - i) * 3_600_000L / pushes)) * 1_000_000L + i;
            bodies.Add(Body(isCpu ? "process_cpu" : "memory", $"service-{service:d2}", $"pod-{pod}", Retimed(profile, nanos)));
        }
        return bodies;
    }

    /// <summary>Sends all bodies; a pause between starts paces the load, zero sends as fast as answers come.</summary>
    public async Task SendAsync(Uri server, List<byte[]> bodies, TimeSpan pause)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections, AutomaticDecompression = DecompressionMethods.None };
        using var http = new HttpClient(handler) { BaseAddress = server };
        var queue = new ConcurrentQueue<byte[]>(bodies);
        var times = new ConcurrentBag<double>();
        var started = Stopwatch.GetTimestamp();
        var sent = 0;
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (queue.TryDequeue(out var body))
            {
                var due = pause * Interlocked.Increment(ref sent);
                var wait = due - Stopwatch.GetElapsedTime(started);
                if (pause > TimeSpan.Zero && wait > TimeSpan.Zero) await Task.Delay(wait);
                using var content = new ByteArrayContent(body);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
                var at = Stopwatch.GetTimestamp();
                using var answer = await http.PostAsync("/push.v1.PusherService/Push", content);
                times.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
        })));
        Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Milliseconds.AddRange(times.Order());
    }

    private static byte[] Body(string name, string service, string pod, byte[] profile)
    {
        var series = new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFrom(profile) } } };
        foreach (var (key, value) in new[] { ("__name__", name), ("service_name", service), ("pod", pod), ("region", "eu") })
            series.Labels.Add(new LabelPair { Name = key, Value = value });
        return new PushRequest { Series = { series } }.ToByteArray();
    }

    /// <summary>A second gzip member sets time_nanos: the last value of a protobuf field wins.</summary>
    internal static byte[] Retimed(byte[] profile, long nanos)
    {
        using var output = new MemoryStream();
        output.Write(profile);
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.WriteByte(0x48);
            for (var value = (ulong)nanos; ; value >>= 7)
            {
                gzip.WriteByte((byte)(value >= 128 ? (value & 127) | 128 : value));
                if (value < 128) break;
            }
        }
        return output.ToArray();
    }
}
