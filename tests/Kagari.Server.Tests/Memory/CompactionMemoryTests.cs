using Google.Protobuf;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Memory;

/// <summary>The memory of compaction is its budget, not its input: measured on the real executable.</summary>
public sealed class CompactionMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Segments = 2000, Services = 10;
    private const long ResidentKiBMax = 250_000;

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Compact_TwoThousandSegments_StaysBelow250MB()
    {
        using var directory = new TemporaryDirectory();
        string[] flags = ["-validation.reject-older-than", "0s"];
        // Step 1: as many segments as pushes: each waits for the answer to the one before. Nothing is compacted meanwhile.
        using (var writing = KagariProcess.Start(directory.Path, [.. flags, "-compactor.interval", "1h", "-compactor.first-window", "1h"]))
        {
            (await writing.IsReadyAsync(_http, 3000)).ShouldBeTrue();
            // The shared recordings, else those that the project made itself.
            var folder = Repository.SharedData is { } shared ? Path.Combine(shared, "live") : Path.Combine(Repository.Root, "testdata", "go");
            var heap = Repository.SharedData is null ? "heap" : "allocs";
            var profiles = new[] { "cpu", heap }.Select(kind => (kind, Files: Directory.GetFiles(folder, kind + "-*.gz").Order(StringComparer.Ordinal).ToArray())).ToArray();
            for (var i = 0; i < Segments; i++)
            {
                var (kind, files) = profiles[i % 2];
                await PushAsync(writing.Url, kind == "cpu" ? "process_cpu" : "memory", $"service-{i / 2 % Services}", $"pod-{i / 2 / Services % 5}", files[i / 2 % files.Length]);
            }
            (await MetricAsync(writing.Url, "kagari_catalogue_segments")).ShouldBe(Segments);
            writing.Kill();
        }

        // Step 2: the next start compacts all of them, with the default budget.
        using var compacting = KagariProcess.Start(directory.Path, [.. flags, "-compactor.interval", "50ms"]);
        (await compacting.IsReadyAsync(_http, 3000)).ShouldBeTrue();
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (await MetricAsync(compacting.Url, "kagari_catalogue_segments") > 0) await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        var resident = compacting.StatusKiB("VmHWM");
        output.WriteLine($"{resident} KiB resident at most; {await MetricAsync(compacting.Url, "kagari_catalogue_blocks")} blocks");
        resident.ShouldBeLessThan(ResidentKiBMax);
    }

    private async Task PushAsync(Uri server, string name, string service, string pod, string file)
    {
        var series = new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFrom(await File.ReadAllBytesAsync(file)) } } };
        foreach (var (key, value) in new[] { ("__name__", name), ("service_name", service), ("pod", pod) }) series.Labels.Add(new LabelPair { Name = key, Value = value });
        using var content = new ByteArrayContent(new PushRequest { Series = { series } }.ToByteArray());
        content.Headers.ContentType = new("application/proto");
        using var answer = await _http.PostAsync(new Uri(server, "push.v1.PusherService/Push"), content);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
    }

    private async Task<double> MetricAsync(Uri server, string name) => double.Parse(
        (await _http.GetStringAsync(new Uri(server, "metrics"))).Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal)).AsSpan(name.Length + 1));
}
