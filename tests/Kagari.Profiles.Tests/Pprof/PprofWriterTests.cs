using System.Buffers;
using System.Diagnostics;
using System.IO.Compression;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Pprof;

public sealed class PprofWriterTests
{
    [Fact]
    public void Write_SmallProfile_GivesTheseBytes()
    {
        var bytes = Drawings.Pprof("a;b 1,300 {k=v}", "n:u", "m:u");
        Convert.ToHexString(bytes).ShouldBe(string.Concat(
            "0A04" + "0805" + "1006",                              // sample_type { type 5, unit 6 }
            "0A04" + "0807" + "1008",                              // sample_type { type 7, unit 8 }
            "120F" + "0A020102" + "1203" + "01AC02" + "1A04" + "0803" + "1004",   // sample { leaf first; values; label }
            "2206" + "0801" + "2202" + "0801",                     // location { id 1, line { function 1 } }
            "2206" + "0802" + "2202" + "0802",
            "2A04" + "0801" + "1001",                              // function { id 1, name 1 }
            "2A04" + "0802" + "1002",
            "3200", "320162", "320161", "32016B", "320176", "32016E", "320175", "32016D", "320175"));
    }

    [Fact]
    public void Write_EmptyProfile_IsTheEmptyString()
    {
        var profile = new FlatProfile();
        profile.Clear();
        Convert.ToHexString(Encode(profile)).ShouldBe("3200");
    }

    [Theory]
    [InlineData("a;b 1 | a;c 2", "cpu:nanoseconds")]
    [InlineData("a;b 1,10 {k=v} | a;b 2,20 {k=w, size=64 bytes} | x 0,-5", "samples:count", "cpu:nanoseconds")]
    [InlineData(" 7 | é漢字;y z 9223372036854775807", "n:count")]
    public void Write_Drawing_IsReadBack(string drawing, params string[] sampleTypes) =>
        Drawings.Draw(Decode(Drawings.Pprof(drawing, sampleTypes))).ShouldBe(Drawings.Draw(Drawings.Profile(drawing, sampleTypes)));

    [Fact]
    public void Write_RandomProfiles_AreReadBackFieldByField()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var profile = RandomProfiles.Make(new Random(seed));
            var bytes = Encode(profile);
            ((long)bytes.Length).ShouldBe(PprofWriter.SizeOf(profile), $"seed {seed}");
            ProfileText.Of(Decode(bytes)).ShouldBe(ProfileText.Of(profile), $"seed {seed}");
            Encode(Decode(bytes)).ShouldBe(bytes, $"seed {seed}");
        }
    }

    [Fact]
    public void Write_IntoSmallPieces_GivesTheSameBytes()
    {
        var profile = RandomProfiles.Make(new Random(1));
        profile.AddString(new string('x', 100_000));
        var pieces = new PieceWriter();
        PprofWriter.Write(profile, pieces);
        pieces.ToArray().ShouldBe(Encode(profile));
    }

    [Fact]
    public void WriteGzip_Profile_IsTheSameProfileCompressed()
    {
        var profile = RandomProfiles.Make(new Random(2));
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.WriteGzip(profile, bytes);
        using var plain = new MemoryStream();
        using (var gzip = new GZipStream(new MemoryStream(bytes.WrittenSpan.ToArray()), CompressionMode.Decompress)) gzip.CopyTo(plain);
        plain.ToArray().ShouldBe(Encode(profile));
    }

    [Fact]
    public void Write_WarmOutput_AllocatesNothing()
    {
        var profile = RandomProfiles.Make(new Random(3));
        var output = new ArrayBufferWriter<byte>(1 << 20);
        PprofWriter.Write(profile, output);
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        PprofWriter.Write(profile, output);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    public void Write_RealProfiles_AreReadBackFieldByField()
    {
        foreach (var path in Directory.EnumerateFiles(Repository.Shared("pprof")).Concat(Directory.EnumerateFiles(Repository.Shared("live"), "*-0004*")))
        {
            using var reader = new PprofReader();
            var profile = new FlatProfile();
            if (!reader.TryRead(File.ReadAllBytes(path), profile, new DecodeLimits { SampleLabelsMax = 0, DepthMax = 0, SamplesMax = 0 }, out _)) continue;
            var bytes = Encode(profile);
            ProfileText.Of(Decode(bytes)).ShouldBe(ProfileText.Of(profile), path);
        }
    }

    [Fact(Skip = "needs go", SkipWhen = nameof(NoGo))]
    public void Write_Profile_IsReadByGoToolPprof()
    {
        var file = Path.GetTempFileName();
        try
        {
            var bytes = new ArrayBufferWriter<byte>();
            PprofWriter.WriteGzip(Drawings.Profile("main;work 3,30 {k=v} | main;idle 1,10 {size=64 bytes}", "samples:count", "cpu:nanoseconds"), bytes);
            File.WriteAllBytes(file, bytes.WrittenSpan);
            using var go = Process.Start(new ProcessStartInfo("go", ["tool", "pprof", "-raw", file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            var text = go.StandardOutput.ReadToEnd();
            go.WaitForExit();
            text.ShouldContain("samples/count cpu/nanoseconds");
            text.ShouldContain("3         30: 1 2");
            text.ShouldContain("k:[v]");
            text.ShouldContain("size:[64 bytes]");
            text.ShouldContain("work :0");
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static bool NoData => Repository.SharedData is null;

    public static bool NoGo => !(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(d => File.Exists(Path.Combine(d, "go")));

    private static byte[] Encode(FlatProfile profile)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static FlatProfile Decode(byte[] bytes)
    {
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        var limits = new DecodeLimits { BytesMax = 0, SamplesMax = 0, SampleLabelsMax = 0, DepthMax = 0, StringBytesMax = 0 };
        reader.TryRead(bytes, profile, limits, out var error).ShouldBeTrue(error.Message);
        return profile;
    }
}
