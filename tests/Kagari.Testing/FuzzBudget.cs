using System.Diagnostics;
using System.Globalization;

namespace Kagari.Testing;

/// <summary>
/// How long a fuzz target runs: a fixed number of rounds as an ordinary test, or KAGARI_FUZZ_SECONDS with seeds that
/// are new each time (`./build.sh fuzz`). Seeds stand in the failure text.
/// </summary>
public static class FuzzBudget
{
    /// <summary>The seeds to run.</summary>
    public static IEnumerable<int> Seeds(int rounds)
    {
        var text = Environment.GetEnvironmentVariable("KAGARI_FUZZ_SECONDS");
        if (!double.TryParse(text, CultureInfo.InvariantCulture, out var seconds))
        {
            for (var seed = 0; seed < rounds; seed++) yield return seed;
            yield break;
        }
        var started = Stopwatch.GetTimestamp();
        var first = Environment.ProcessId * 1_000_003;
        for (var i = 0; Stopwatch.GetElapsedTime(started).TotalSeconds < seconds; i++) yield return unchecked(first + i);
    }

    /// <summary>A copy with a few bytes changed, cut, doubled or inserted.</summary>
    public static byte[] Mutate(ReadOnlySpan<byte> input, Random random)
    {
        var bytes = input.ToArray().ToList();
        for (var n = random.Next(1, 6); n > 0 && bytes.Count > 0; n--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, Math.Min(random.Next(1, 20), bytes.Count - at)); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 40), bytes.Count - at))); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                default: bytes[at] = 0xff; break;
            }
        }
        return [.. bytes];
    }
}
