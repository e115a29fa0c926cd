using System.Collections;
using System.Runtime.InteropServices;
using System.Text;

namespace Kagari.Profiles;

/// <summary>Labels sorted by name in ordinal order, each name once: the identity of a series. Immutable.</summary>
public sealed class LabelSet : IReadOnlyList<Label>, IEquatable<LabelSet>
{
    private readonly Label[] _labels;

    private LabelSet(Label[] sorted) => _labels = sorted;

    /// <summary>No labels.</summary>
    public static LabelSet Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _labels.Length;

    /// <inheritdoc/>
    public Label this[int index] => _labels[index];

    /// <summary>The labels in order.</summary>
    public ReadOnlySpan<Label> Span => _labels;

    /// <summary>The value of a label; the empty string where it is absent, as Prometheus reads it.</summary>
    public string this[string name] => TryGet(name, out var value) ? value : "";

    /// <summary>Sorts the labels; of several with one name the first given wins.</summary>
    public static LabelSet Of(params IEnumerable<Label> labels)
    {
        var sorted = labels.ToArray();
        if (sorted.Length == 0) return Empty;
        // A stable sort by name, so that "the first given" is well defined.
        var ordered = sorted.Index().OrderBy(l => l.Item.Name, StringComparer.Ordinal).ThenBy(l => l.Index).Select(l => l.Item);
        return new LabelSet([.. DistinctByName(ordered)]);
    }

    /// <summary>From alternating names and values; for tests and literals.</summary>
    public static LabelSet Of(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var list = new Label[labels.Length];
        for (var i = 0; i < list.Length; i++) list[i] = new Label(labels[i].Name, labels[i].Value);
        return Of(list);
    }

    /// <summary>Whether the label is there.</summary>
    public bool TryGet(string name, out string value)
    {
        foreach (var label in _labels)
        {
            if (label.Name != name) continue;
            value = label.Value;
            return true;
        }
        value = "";
        return false;
    }

    /// <summary>A set with one label set to a value, or without it where the value is null.</summary>
    public LabelSet With(string name, string? value)
    {
        var others = _labels.Where(l => l.Name != name);
        return value is null ? Of(others) : Of(others.Append(new Label(name, value)));
    }

    /// <summary>Only the labels whose name is asked for.</summary>
    public LabelSet Only(IReadOnlySet<string> names) => new([.. _labels.Where(l => names.Contains(l.Name))]);

    /// <inheritdoc/>
    public bool Equals(LabelSet? other) => other is not null && _labels.AsSpan().SequenceEqual(other._labels);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LabelSet);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var label in _labels)
        {
            hash.Add(label.Name, StringComparer.Ordinal);
            hash.Add(label.Value, StringComparer.Ordinal);
        }
        return hash.ToHashCode();
    }

    /// <summary>A hash of names and values that is the same in every process: for what is stored.</summary>
    public ulong StableHash()
    {
        var hash = (ulong)_labels.Length;
        foreach (var (name, value) in _labels)
        {
            hash = XxHash64.Of(MemoryMarshal.AsBytes(name.AsSpan()), hash);
            hash = XxHash64.Of(MemoryMarshal.AsBytes(value.AsSpan()), hash);
        }
        return hash;
    }

    /// <inheritdoc/>
    public IEnumerator<Label> GetEnumerator() => ((IEnumerable<Label>)_labels).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary><c>{a="b", c="d"}</c>.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("{");
        foreach (var label in _labels)
        {
            if (text.Length > 1) text.Append(", ");
            text.Append(label.Name).Append("=\"").Append(label.Value.Replace("\\", "\\\\").Replace("\"", "\\\"")).Append('"');
        }
        return text.Append('}').ToString();
    }

    private static IEnumerable<Label> DistinctByName(IEnumerable<Label> sorted)
    {
        string? last = null;
        foreach (var label in sorted)
        {
            if (label.Name == last) continue;
            last = label.Name;
            yield return label;
        }
    }
}
