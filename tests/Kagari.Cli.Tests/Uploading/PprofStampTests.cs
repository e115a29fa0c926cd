using System.IO.Compression;
using Kagari.Cli.Uploading;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Uploading;

public sealed class PprofStampTests
{
    private const long Time = 1_769_860_800_123_456_789;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Apply_ToPprof_ChangesTheTimeAndNothingElse(bool gzip)
    {
        var bytes = Drawings.Pprof("a;b 1 | a;c 2", "cpu:nanoseconds");
        if (gzip) bytes = Gzip(bytes);
        var stamped = PprofStamp.Apply(bytes, Time);
        stamped.AsSpan(0, bytes.Length).SequenceEqual(bytes).ShouldBeTrue("the bytes before stay as they are");

        var (before, after) = (Read(bytes), Read(stamped));
        after.TimeNanos.ShouldBe(Time);
        Drawings.Draw(after).ShouldBe(Drawings.Draw(before));
        Read(PprofStamp.Apply(stamped, 7)).TimeNanos.ShouldBe(7, "the last one wins");
    }

    [Fact]
    public void Apply_ToPaddedGzip_StillGivesAProfile()
    {
        byte[] padded = [.. Gzip(Drawings.Pprof("a;b 1", "cpu:nanoseconds")), 0, 0, 0, 0];
        var after = Read(PprofStamp.Apply(padded, Time));
        after.TimeNanos.ShouldBe(Time);
        Drawings.Draw(after).ShouldBe("a;b 1");
    }

    private static FlatProfile Read(byte[] bytes)
    {
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(bytes, profile, ProfileFile.NoLimits, out var error).ShouldBeTrue(error.Message);
        return profile;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
