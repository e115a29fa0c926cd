using Kagari.Profiles;

namespace Kagari.Profiles.Tests.Pprof;

/// <summary>The fast versions equal their plain twin, for every length, alignment and kind of number.</summary>
public sealed class PackedVarintsTests
{
    private const int Seed = 42;

    [Fact]
    public void Decode_RandomNumbers_EqualsThePlainTwin()
    {
        var random = new Random(Seed);
        for (var round = 0; round < 20_000; round++)
        {
            var (data, from, to) = RandomRun(random, out _);
            var plain = new ulong[to - from + PackedVarints.Slack];
            var fast = new ulong[to - from + PackedVarints.Slack];
            var expected = PackedVarints.DecodePlain(data.AsSpan()[from..to], plain);
            var count = PackedVarints.Decode(data, from, to, fast);
            count.ShouldBe(expected, $"seed {Seed}, round {round}");
            if (count >= 0) fast[..count].ShouldBe(plain[..count], $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void DecodeInt32_RandomNumbers_EqualsThePlainTwinOrDeclines()
    {
        var random = new Random(Seed);
        var taken = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var (data, from, to) = RandomRun(random, out var small);
            var plain = new ulong[to - from + PackedVarints.Slack];
            var fast = new int[to - from + PackedVarints.Slack];
            var expected = PackedVarints.DecodePlain(data.AsSpan()[from..to], plain);
            var count = PackedVarints.DecodeInt32(data, from, to, fast);
            if (small && expected >= 0 && System.Runtime.Intrinsics.X86.Bmi2.X64.IsSupported) count.ShouldBe(expected, $"seed {Seed}, round {round}");
            if (count < 0) continue;
            taken++;
            fast[..count].Select(v => (ulong)v).ToArray().ShouldBe(plain[..expected], $"seed {Seed}, round {round}");
        }
        if (System.Runtime.Intrinsics.X86.Bmi2.X64.IsSupported) taken.ShouldBeGreaterThan(5_000);
    }

    /// <summary>A run of numbers inside other bytes; <paramref name="small"/> says that all fit three bytes.</summary>
    private static (byte[] Data, int From, int To) RandomRun(Random random, out bool small)
    {
        var bytes = new List<byte>();
        for (var i = random.Next(1, 10); i > 0; i--) bytes.Add((byte)random.Next(128));
        var from = bytes.Count;
        var bits = random.Next(4) switch { 0 => 7, 1 => 14, 2 => 21, _ => 64 };
        small = bits <= 21;
        for (var i = random.Next(0, 60); i > 0; i--)
        {
            var value = bits == 64 ? (ulong)random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64) : (ulong)random.Next(1 << random.Next(1, bits + 1));
            for (; value >= 128; value >>= 7) bytes.Add((byte)(value | 128));
            bytes.Add((byte)value);
        }
        if (random.Next(5) == 0 && bytes.Count > from) bytes[^1] |= 128;   // cut
        var to = bytes.Count;
        for (var i = random.Next(0, 12); i > 0; i--) bytes.Add((byte)random.Next(256));
        return ([.. bytes], from, to);
    }
}
