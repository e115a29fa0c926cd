namespace Kagari.Symbols;

/// <summary>The value of an attribute as it was written; form 0 where the attribute is absent.</summary>
/// <param name="Form">See <see cref="DwarfForm"/>.</param>
/// <param name="Number">Number, offset or index; 0 for blocks and texts.</param>
/// <param name="Position">Where it starts in its section.</param>
internal readonly record struct DwarfValue(ushort Form, ulong Number, int Position)
{
    public bool IsPresent => Form != 0;

    /// <summary>A line or the number of a file; 0 where it is not one.</summary>
    public int AsInt => Number <= int.MaxValue ? (int)Number : 0;

    /// <summary>Whether it is an address, written out or by index; else the end of code is told as its size.</summary>
    public bool IsAddress => Form is DwarfForm.Address or DwarfForm.Addrx or DwarfForm.GnuAddressIndex or (>= DwarfForm.Addrx1 and <= DwarfForm.Addrx4);
}
