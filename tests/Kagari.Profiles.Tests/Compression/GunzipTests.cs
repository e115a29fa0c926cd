using System.IO.Compression;
using Kagari.Profiles;

namespace Kagari.Profiles.Tests.Compression;

public sealed class GunzipTests
{
    private static byte[] Zip(byte[] plain, CompressionLevel level = CompressionLevel.Fastest)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, level)) gzip.Write(plain);
        return output.ToArray();
    }

    private static (bool Ok, byte[] Bytes, ProfileError Error) Unzip(byte[] input, long limit = 0)
    {
        using var gunzip = new Gunzip();
        var output = new FlatList<byte>();
        var ok = gunzip.TryDecompress(input, ref output, limit, out var error);
        return (ok, output.Span.ToArray(), error);
    }

    private static byte[] Text(int length) => [.. Enumerable.Range(0, length).Select(i => (byte)(i * i % 251))];

    [Fact]
    public void TryDecompress_SeveralMembers_AreJoined() =>
        Unzip([.. Zip(Text(100_000)), .. Zip(Text(10)), .. Zip([])]).Bytes.ShouldBe([.. Text(100_000), .. Text(10)]);

    [Fact]
    public void TryDecompress_ZeroPadding_IsAllowed() => Unzip([.. Zip(Text(10)), 0, 0, 0]).Bytes.ShouldBe(Text(10));

    [Fact]
    public void TryDecompress_CutAnywhere_IsRefused()
    {
        var whole = Zip(Text(3000), CompressionLevel.Optimal);
        for (var cut = 2; cut < whole.Length; cut++) Unzip(whole[..cut]).Ok.ShouldBeFalse($"cut at {cut} of {whole.Length}");
    }

    [Fact]
    public void TryDecompress_FlippedAnywhereBehindTheHeader_IsRefused()
    {
        var whole = Zip(Text(3000), CompressionLevel.Optimal);
        for (var at = 10; at < whole.Length; at++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[at] ^= 0x40;
            var (ok, bytes, _) = Unzip(flipped);
            (ok && !bytes.AsSpan().SequenceEqual(Text(3000))).ShouldBeFalse($"byte {at}");
        }
    }

    [Fact]
    public void TryDecompress_TrailingBytes_AreRefused() => Unzip([.. Zip(Text(10)), 1, 2, 3]).Ok.ShouldBeFalse();

    [Fact]
    public void TryDecompress_Bomb_StopsAtTheLimit()
    {
        var bomb = Zip(new byte[64 << 20]);
        var (ok, bytes, error) = Unzip(bomb, 1 << 20);
        ok.ShouldBeFalse();
        error.Kind.ShouldBe(ProfileErrorKind.TooLarge);
        error.Message.ShouldBe("uncompressed profile payload size exceeds limit of 1.0 MB");
        bytes.Length.ShouldBeLessThan(12 << 20);
    }

    [Fact]
    public void TryDecompress_Reused_KeepsNoState()
    {
        using var gunzip = new Gunzip();
        var output = new FlatList<byte>();
        gunzip.TryDecompress(Zip(Text(500)).AsSpan(0, 50), ref output, 0, out _).ShouldBeFalse();
        output.Clear();
        gunzip.TryDecompress(Zip(Text(500)), ref output, 0, out _).ShouldBeTrue();
        output.Span.ToArray().ShouldBe(Text(500));
    }
}
