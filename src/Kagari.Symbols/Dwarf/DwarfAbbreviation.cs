namespace Kagari.Symbols;

/// <summary>What entries of one kind hold.</summary>
internal sealed class DwarfAbbreviation(ushort tag, bool hasChildren, DwarfAttribute[] attributes, int fixedBytes)
{
    public ushort Tag { get; } = tag;

    public bool HasChildren { get; } = hasChildren;

    public DwarfAttribute[] Attributes { get; } = attributes;

    /// <summary>Bytes of all attributes; -1 where they differ from entry to entry.</summary>
    public int FixedBytes { get; } = fixedBytes;

    /// <summary>Moves behind the attributes.</summary>
    public void Skip(ref ByteCursor cursor, in DwarfEncoding encoding)
    {
        if (FixedBytes >= 0)
        {
            cursor.Skip((ulong)FixedBytes);
            return;
        }
        foreach (ref readonly var attribute in Attributes.AsSpan())
        {
            var bytes = DwarfForm.FixedBytes(attribute.Form, encoding);
            if (bytes >= 0) cursor.Skip((ulong)bytes);
            else DwarfForm.Read(ref cursor, attribute.Form, 0, encoding);
        }
    }
}
