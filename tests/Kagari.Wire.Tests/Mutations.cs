namespace Kagari.Wire.Tests;

/// <summary>Damages bytes the way networks, disks and attackers do; the same seed does the same damage.</summary>
internal static class Mutations
{
    /// <summary>Bytes that mean something to protobuf or JSON.</summary>
    private static readonly byte[] Interesting =
    [
        0, 1, 2, 3, 4, 5, 7, 8, 10, 11, 12, 18, 26, 0x7f, 0x80, 0xff,
        .. "{}[]\",:\\u-+.0129eENnulltruefalsIfy "u8,
    ];

    public static byte[] Mutate(Random random, byte[] original)
    {
        var bytes = original.ToList();
        var count = random.Next(1, 5);
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(6))
            {
                case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1 when at < bytes.Count: bytes[at] = Interesting[random.Next(Interesting.Length)]; break;
                case 2: bytes.Insert(at, Interesting[random.Next(Interesting.Length)]); break;
                case 3: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 9))); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5:
                    var from = random.Next(bytes.Count + 1);
                    bytes.InsertRange(at, bytes.GetRange(from, Math.Min(bytes.Count - from, random.Next(1, 33))));
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Runs <paramref name="check"/> on damaged samples; a failure names its seed, which repeats it alone.</summary>
    public static void Fuzz(byte[][] samples, int seeds, Action<byte[]> check)
    {
        for (var seed = 0; seed < seeds; seed++)
        {
            var random = new Random(seed);
            var bytes = Mutate(random, samples[random.Next(samples.Length)]);
            try
            {
                check(bytes);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"Seed {seed}, bytes {Convert.ToHexString(bytes)}: {e.Message}", e);
            }
        }
    }
}
