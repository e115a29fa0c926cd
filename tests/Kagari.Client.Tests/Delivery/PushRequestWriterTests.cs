using System.IO.Compression;
using System.Text;
using Kagari.Client.Configuration;
using Kagari.Client.Delivery;
using Kagari.Client.Tests.Configuration;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Client.Tests.Delivery;

public sealed class PushRequestWriterTests
{
    [Fact]
    public void Write_AnyProfiles_IsWhatProtobufReads()
    {
        foreach (var seed in FuzzBudget.Seeds(200))
        {
            var random = new Random(seed);
            var profiles = new CollectedProfile[random.Next(1, 6)];
            for (var i = 0; i < profiles.Length; i++)
            {
                var pprof = new byte[random.Next(4) switch { 0 => 0, 1 => 127, 2 => 16 << 10, _ => random.Next(100_000) }];
                random.NextBytes(pprof);
                profiles[i] = new CollectedProfile([.. Enumerable.Range(0, random.Next(20)).Select(n => KeyValuePair.Create($"n{n}", new string('é', random.Next(200))))], pprof);
            }
            var request = PushRequest.Parser.ParseFrom(PushRequestWriter.Write(profiles).Span);
            request.Series.Count.ShouldBe(profiles.Length, $"seed {seed}");
            for (var i = 0; i < profiles.Length; i++)
            {
                request.Series[i].Labels.Select(l => KeyValuePair.Create(l.Name, l.Value)).ShouldBe(profiles[i].Labels, $"seed {seed}");
                request.Series[i].Samples.Single().RawProfile.ToByteArray().AsSpan().SequenceEqual(profiles[i].Pprof.Span).ShouldBeTrue($"seed {seed}");
            }
        }
    }

    /// <summary>Why the body is not compressed: of seven real profiles with our labels, gzip saves less than a hundredth.</summary>
    [Fact]
    public void Write_CompressedOnceMore_SavesNothing()
    {
        var options = OptionsLoaderTests.Load(configure: o => o.Labels["region"] = "eu");
        var files = Directory.GetFiles(Repository.Shared("live"), "*.pb.gz").Order(StringComparer.Ordinal).ToArray();
        var random = new Random(1);
        var window = Enumerable.Range(0, 7).Select(i => new CollectedProfile(SeriesLabels.Of(options, $"family{i}"), File.ReadAllBytes(files[random.Next(files.Length)]))).ToArray();
        var body = PushRequestWriter.Write(window);
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true)) gzip.Write(body.Span);
        (1 - ((double)compressed.Length / body.Length)).ShouldBeLessThan(0.01);
    }
}
