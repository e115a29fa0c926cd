namespace Kagari.Profiles;

// Packed numbers into the profile's lists.
public sealed partial class PprofReader
{
    private FlatList<ulong> _numbers;

    /// <summary>Appends location ids; those beyond 31 bits go to <see cref="_wideIds"/>. False where a number is cut or too long.</summary>
    private bool AddPackedStack(ReadOnlySpan<byte> packed, ref FlatList<int> stacks)
    {
        if (!TryDecode(packed, out var ids)) return false;
        var target = stacks.Extend(ids.Length);
        ulong all = 0;
        for (var i = 0; i < ids.Length; i++)
        {
            all |= ids[i];
            target[i] = (int)ids[i];
        }
        if (all <= int.MaxValue) return true;
        for (var i = 0; i < ids.Length; i++)
        {
            if (ids[i] <= int.MaxValue) continue;
            target[i] = ~_wideIds.Count;
            _wideIds.Add(ids[i]);
        }
        return true;
    }

    /// <summary>Appends values, but no more than a sample can have. False where a number is cut or too long.</summary>
    private bool AddPackedValues(ReadOnlySpan<byte> packed, ref FlatList<long> values, int most)
    {
        if (!TryDecode(packed, out var numbers)) return false;
        // One too many is kept, so that the count shows the mismatch.
        var kept = numbers[..Math.Min(numbers.Length, Math.Max(0, most) + 1)];
        var target = values.Extend(kept.Length);
        for (var i = 0; i < kept.Length; i++) target[i] = (long)kept[i];
        return true;
    }

    private bool TryDecode(ReadOnlySpan<byte> packed, out ReadOnlySpan<ulong> numbers)
    {
        _numbers.Clear();
        var target = _numbers.Extend(packed.Length);
        var count = PackedVarints.Decode(packed, target);
        numbers = count < 0 ? [] : target[..count];
        return count >= 0;
    }
}
