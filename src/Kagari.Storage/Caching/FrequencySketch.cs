using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Estimates how often keys were asked for lately: four rows of 4-bit counters that are halved now and then.</summary>
/// <remarks>The count-min sketch with aging of TinyLFU (Einziger, Friedman, Manes: arXiv 1512.00727). Not thread safe.</remarks>
internal sealed class FrequencySketch
{
    private const int Counters = 4096;

    private readonly byte[] _counts = new byte[4 * Counters];
    private int _asked;

    public void Note(int hash)
    {
        for (var row = 0; row < 4; row++)
        {
            ref var count = ref _counts[At(hash, row)];
            if (count < 15) count++;
        }
        // What was asked for long ago counts less and less.
        if (++_asked < 10 * Counters) return;
        _asked /= 2;
        foreach (ref var count in _counts.AsSpan()) count >>= 1;
    }

    public int Estimate(int hash)
    {
        int least = 15;
        for (var row = 0; row < 4; row++) least = Math.Min(least, _counts[At(hash, row)]);
        return least;
    }

    private static int At(int hash, int row) => (row * Counters) + (int)(XxHash64.Mix((uint)hash, (ulong)row + 1) % Counters);
}
