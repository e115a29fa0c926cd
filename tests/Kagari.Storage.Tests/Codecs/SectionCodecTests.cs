using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage.Tests.Codecs;

public sealed class SectionCodecTests
{
    [Theory]
    [InlineData(CodecId.Zstd)]
    [InlineData(CodecId.Brotli)]
    public void Decompress_OfCompress_IsTheSame(CodecId preferred)
    {
        const int Seed = 7;
        var random = new Random(Seed);
        using var codec = new SectionCodec(preferred, 1);
        for (var round = 0; round < 200; round++)
        {
            var raw = new byte[random.Next(0, 5000)];
            for (var i = 0; i < raw.Length; i++) raw[i] = (byte)random.Next(round % 7 == 0 ? 256 : 4);
            var stored = new FlatList<byte>();
            var used = codec.Compress(raw, ref stored);
            var restored = new byte[raw.Length];
            codec.TryDecompress(used, stored.Span, restored, out var error).ShouldBeTrue($"seed {Seed}, round {round}: {error}");
            restored.ShouldBe(raw);
            stored.Count.ShouldBeLessThanOrEqualTo(raw.Length);
        }
    }

    [Fact]
    public void TryDecompress_RandomBytes_IsRefusedNotThrown()
    {
        const int Seed = 11;
        var random = new Random(Seed);
        using var codec = new SectionCodec();
        for (var round = 0; round < 2000; round++)
        {
            var stored = new byte[random.Next(0, 300)];
            random.NextBytes(stored);
            var id = (CodecId)random.Next(1, 5);
            if (codec.TryDecompress(id, stored, new byte[random.Next(1, 1000)], out var error)) continue;
            error.ShouldNotBeNullOrEmpty();
        }
    }

    /// <summary>Vectors of RFC 3720, appendix B.4.</summary>
    [Fact]
    public void Crc32C_PublishedVectors_Agree()
    {
        Crc32C.Of(new byte[32]).ShouldBe(0x8A9136AAu);
        Crc32C.Of(Enumerable.Repeat((byte)0xff, 32).ToArray()).ShouldBe(0x62A8AB43u);
        Crc32C.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]).ShouldBe(0x46DD794Eu);
        Crc32C.Of(Encoding.ASCII.GetBytes("123456789")).ShouldBe(0xE3069283u);
    }
}
