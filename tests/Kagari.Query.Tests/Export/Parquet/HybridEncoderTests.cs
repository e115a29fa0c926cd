using Kagari.Profiles;

namespace Kagari.Query.Tests.Export.Parquet;

/// <summary>Bytes as Encodings.md of apache/parquet-format draws them, and a decoder of the test's own.</summary>
public sealed class HybridEncoderTests
{
    [Fact]
    public void Encode_NumbersTo7_ArePackedAsTheSpecificationDraws() =>
        Encode([0, 1, 2, 3, 4, 5, 6, 7], 3).ShouldBe("03  88 C6 FA");

    [Fact]
    public void Encode_ManyEqual_AreOneRun() => Encode([.. Enumerable.Repeat(4, 100)], 3).ShouldBe("C8 01  04");

    [Fact]
    public void Encode_RunOfWideValue_HasWholeBytes() => Encode([.. Enumerable.Repeat(0x123, 8)], 9).ShouldBe("10  23 01");

    [Fact]
    public void Encode_FewerThan8_FillsTheGroupWithZeros() => Encode([1, 0, 1], 1).ShouldBe("03  05");

    [Fact]
    public void Encode_RunAfterOthers_BeginsWithAGroup() =>
        Encode([1, .. Enumerable.Repeat(0, 20)], 1).ShouldBe("03 01  1A 00");   // the run gave 7 of its values to the group

    [Fact]
    public void Encode_Nothing_IsNothing() => Encode([], 1).ShouldBe("");

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(255, 8)]
    [InlineData(256, 9)]
    [InlineData(int.MaxValue, 31)]
    public void WidthOf_GreatestValue(int max, int width) => HybridEncoder.WidthOf(max).ShouldBe(width);

    [Fact]
    public void Encode_AnyValues_ComeBack()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var width = random.Next(1, 32);
            var values = new List<int>();
            while (values.Count < random.Next(200))
                values.AddRange(Enumerable.Repeat((int)random.NextInt64(1L << width), random.Next(3) == 0 ? random.Next(1, 40) : 1));
            var output = default(FlatList<byte>);
            HybridEncoder.Encode([.. values], width, ref output);
            Decode(output.Span, width, values.Count).ShouldBe(values, $"seed {seed}");
        }
    }

    private static List<int> Decode(ReadOnlySpan<byte> bytes, int width, int count)
    {
        var values = new List<int>();
        var at = 0;
        while (values.Count < count)
        {
            ulong header = 0;
            for (var shift = 0; ; shift += 7)
            {
                header |= (ulong)(bytes[at] & 0x7F) << shift;
                if (bytes[at++] < 0x80) break;
            }
            if ((header & 1) == 0)
            {
                var value = 0;
                for (var bits = 0; bits < width; bits += 8) value |= bytes[at++] << bits;
                values.AddRange(Enumerable.Repeat(value, (int)(header >> 1)));
                continue;
            }
            for (var i = 0; i < (int)(header >> 1) * 8; i++)
            {
                var value = 0;
                for (var bit = 0; bit < width; bit++) value |= ((bytes[at + (((i * width) + bit) / 8)] >> (((i * width) + bit) % 8)) & 1) << bit;
                values.Add(value);
            }
            at += (int)(header >> 1) * width;
        }
        at.ShouldBe(bytes.Length);
        return values[..count];
    }

    private static HexBytes Encode(int[] values, int width)
    {
        var output = default(FlatList<byte>);
        HybridEncoder.Encode(values, width, ref output);
        return new HexBytes(output.Span.ToArray());
    }
}
