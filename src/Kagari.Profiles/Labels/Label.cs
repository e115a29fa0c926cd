namespace Kagari.Profiles;

/// <summary>A name and a value that tell series apart.</summary>
public readonly record struct Label(string Name, string Value) : IComparable<Label>
{
    /// <inheritdoc/>
    public int CompareTo(Label other)
    {
        var byName = string.CompareOrdinal(Name, other.Name);
        return byName != 0 ? byName : string.CompareOrdinal(Value, other.Value);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name}=\"{Value}\"";

    /// <summary>Ordinal order by name, then value.</summary>
    public static bool operator <(Label left, Label right) => left.CompareTo(right) < 0;

    /// <summary>Ordinal order by name, then value.</summary>
    public static bool operator >(Label left, Label right) => left.CompareTo(right) > 0;

    /// <summary>Ordinal order by name, then value.</summary>
    public static bool operator <=(Label left, Label right) => left.CompareTo(right) <= 0;

    /// <summary>Ordinal order by name, then value.</summary>
    public static bool operator >=(Label left, Label right) => left.CompareTo(right) >= 0;
}
