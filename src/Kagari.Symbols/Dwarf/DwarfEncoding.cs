namespace Kagari.Symbols;

/// <summary>What the header of a unit says about how all values in it are written.</summary>
internal readonly record struct DwarfEncoding(ushort Version, byte AddressBytes, bool Is64)
{
    public int OffsetBytes => Is64 ? 8 : 4;
}
