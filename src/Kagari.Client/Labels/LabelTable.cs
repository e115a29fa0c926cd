namespace Kagari.Client;

/// <summary>Labels sorted by name, each name once. Immutable; knows what came of it when labels were added lately.</summary>
/// <remarks>
/// A program enters the same few scopes again and again. So a table keeps the tables that came of adding labels to it in a
/// small direct-mapped cache, and a repeated scope neither sorts nor allocates. Slots are replaced without a lock: each is
/// one reference to an immutable row, and a lost row only costs the work again.
/// </remarks>
internal sealed class LabelTable
{
    /// <summary>What may be kept: the first scope of a flow has most variants, the second and third some; deeper ones are made anew, or a forest of them would stay. 4,672 tables at most.</summary>
    private const int RootSlots = 64, InnerSlots = 8, DepthKept = 2;

    private readonly KeyValuePair<string, string>[] _labels;
    private readonly int _depth;
    private Addition?[]? _additions;
    private Ground? _ground;

    private LabelTable(KeyValuePair<string, string>[] sorted, int depth)
    {
        _labels = sorted;
        _depth = depth;
        var hash = default(HashCode);
        foreach (var (name, value) in sorted)
        {
            hash.Add(name);
            hash.Add(value);
        }
        Hash = hash.ToHashCode();
        Alone = sorted.Length == 0 ? null : new LabelContext(this, span: null);
    }

    /// <summary>No labels.</summary>
    public static LabelTable Empty { get; } = new([], 0);

    /// <summary>The labels in order.</summary>
    public ReadOnlySpan<KeyValuePair<string, string>> Labels => _labels;

    /// <summary>Hash of the content.</summary>
    public int Hash { get; }

    /// <summary>The context that has these labels and no span; null for none.</summary>
    public LabelContext? Alone { get; }

    /// <summary>These labels and others, which win; a label with an empty value takes the one of that name away.</summary>
    /// <param name="added">As the program gave them.</param>
    /// <param name="hash">What <see cref="HashOf"/> says of them.</param>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public LabelTable With(ReadOnlySpan<(string Name, string Value)> added, int hash)
    {
        if (added.Length == 0) return this;
        var additions = _additions;
        if (additions is not null && additions[hash & (additions.Length - 1)] is { } known && known.IsOf(added, hash)) return known.Result;
        // A name is checked once: what is in the cache was checked when it came there.
        var result = Merge(added);
        if (_depth > DepthKept) return result;
        additions ??= _additions ??= new Addition?[_depth == 0 ? RootSlots : InnerSlots];
        additions[hash & (additions.Length - 1)] = new Addition(added.ToArray(), hash, result);
        return result;
    }

    /// <summary>A cheap hash of labels as a program gives them.</summary>
    public static int HashOf(ReadOnlySpan<(string Name, string Value)> labels)
    {
        var hash = labels.Length;
        // Names differ less than values do, so their length is enough.
        foreach (var (name, value) in labels) hash = ((hash * 31) + (name?.Length ?? 0)) * 31 + (value?.GetHashCode(StringComparison.Ordinal) ?? 0);
        return hash ^ (hash >> 15);
    }

    /// <summary>These labels over those of a ground: what is here wins.</summary>
    public LabelTable Over(LabelTable ground)
    {
        if (ground._labels.Length == 0) return this;
        if (_ground is { } known && ReferenceEquals(known.Under, ground)) return known.Result;
        var merged = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in _labels) merged[name] = value;
        foreach (var (name, value) in ground._labels)
            if (merged.Count < LabelRules.CountMax) merged.TryAdd(name, value);
        var result = new LabelTable([.. merged], DepthKept + 1);
        _ground = new Ground(ground, result);
        return result;
    }

    /// <summary>Whether content is equal.</summary>
    public bool ContentEquals(LabelTable other) =>
        ReferenceEquals(this, other) || (Hash == other.Hash && _labels.AsSpan().SequenceEqual(other._labels));

    private LabelTable Merge(ReadOnlySpan<(string Name, string Value)> added)
    {
        var merged = new SortedList<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in _labels) merged[name] = value;
        foreach (var (name, value) in added)
        {
            var sent = LabelRules.Name(name);
            if (string.IsNullOrEmpty(value)) merged.Remove(sent);
            else if (merged.Count < LabelRules.CountMax || merged.ContainsKey(sent)) merged[sent] = LabelRules.Value(value);
        }
        if (merged.Count == 0) return Empty;
        var result = new LabelTable([.. merged], _depth + 1);
        return result.ContentEquals(this) ? this : result;
    }

    /// <summary>Labels that were added, and what came of it.</summary>
    private sealed class Addition((string Name, string Value)[] added, int hash, LabelTable result)
    {
        public LabelTable Result => result;

        public bool IsOf(ReadOnlySpan<(string Name, string Value)> labels, int labelsHash)
        {
            if (labelsHash != hash || labels.Length != added.Length) return false;
            for (var i = 0; i < added.Length; i++)
                if (added[i].Name != labels[i].Name || added[i].Value != labels[i].Value) return false;
            return true;
        }
    }

    private sealed record Ground(LabelTable Under, LabelTable Result);
}
