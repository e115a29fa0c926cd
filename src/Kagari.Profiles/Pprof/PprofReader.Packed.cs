using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Kagari.Profiles;

// Packed numbers into the profile's lists.
public sealed partial class PprofReader
{
    private FlatList<ulong> _numbers;

    /// <summary>Appends the location ids in data[from..to]; those beyond 31 bits go to <see cref="_wideIds"/>. False where a number is cut or too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool AddPackedStack(ReadOnlySpan<byte> data, int from, int to, ref FlatList<int> stacks)
    {
        var start = stacks.Count;
        var count = PackedVarints.DecodeInt32(data, from, to, stacks.Extend(to - from + PackedVarints.Slack));
        stacks.Truncate(start + Math.Max(0, count));
        return count >= 0 || AddWideStack(data, from, to, ref stacks);
    }

    private bool AddWideStack(ReadOnlySpan<byte> data, int from, int to, ref FlatList<int> stacks)
    {
        if (!TryDecode(data, from, to, out var ids)) return false;
        foreach (var id in ids)
        {
            if (id <= int.MaxValue)
            {
                stacks.Add((int)id);
                continue;
            }
            stacks.Add(~_wideIds.Count);
            _wideIds.Add(id);
        }
        return true;
    }

    /// <summary>Appends the values in data[from..to], but no more than a sample can have. False where a number is cut or too long.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool AddPackedValues(ReadOnlySpan<byte> data, int from, int to, ref FlatList<long> values, int most)
    {
        var start = values.Count;
        var target = MemoryMarshal.Cast<long, ulong>(values.Extend(to - from + PackedVarints.Slack));
        var count = PackedVarints.Decode(data, from, to, target);
        // One too many is kept, so that the count shows the mismatch.
        values.Truncate(start + Math.Clamp(count, 0, Math.Max(0, most) + 1));
        return count >= 0;
    }

    private bool TryDecode(ReadOnlySpan<byte> data, int from, int to, out ReadOnlySpan<ulong> numbers)
    {
        _numbers.Clear();
        var target = _numbers.Extend(to - from + PackedVarints.Slack);
        var count = PackedVarints.Decode(data, from, to, target);
        numbers = count < 0 ? [] : target[..count];
        return count >= 0;
    }
}
