namespace Kagari.Symbols;

/// <summary>How the value of an attribute is written.</summary>
/// <remarks>DWARF 5, §7.5.6, and the forms that GNU tools use beside it.</remarks>
internal static class DwarfForm
{
    public const ushort Address = 0x01;
    public const ushort Block2 = 0x03;
    public const ushort Block4 = 0x04;
    public const ushort Data2 = 0x05;
    public const ushort Data4 = 0x06;
    public const ushort Data8 = 0x07;
    public const ushort String = 0x08;
    public const ushort Block = 0x09;
    public const ushort Block1 = 0x0a;
    public const ushort Data1 = 0x0b;
    public const ushort Flag = 0x0c;
    public const ushort Sdata = 0x0d;
    public const ushort Strp = 0x0e;
    public const ushort Udata = 0x0f;
    public const ushort RefAddress = 0x10;
    public const ushort Ref1 = 0x11;
    public const ushort Ref2 = 0x12;
    public const ushort Ref4 = 0x13;
    public const ushort Ref8 = 0x14;
    public const ushort RefUdata = 0x15;
    public const ushort Indirect = 0x16;
    public const ushort SectionOffset = 0x17;
    public const ushort Expression = 0x18;
    public const ushort FlagPresent = 0x19;
    public const ushort Strx = 0x1a;
    public const ushort Addrx = 0x1b;
    public const ushort RefSupplementary4 = 0x1c;
    public const ushort StrpSupplementary = 0x1d;
    public const ushort Data16 = 0x1e;
    public const ushort LineStrp = 0x1f;
    public const ushort RefSignature8 = 0x20;
    public const ushort ImplicitConstant = 0x21;
    public const ushort LocationListx = 0x22;
    public const ushort RangeListx = 0x23;
    public const ushort RefSupplementary8 = 0x24;
    public const ushort Strx1 = 0x25;
    public const ushort Strx2 = 0x26;
    public const ushort Strx3 = 0x27;
    public const ushort Strx4 = 0x28;
    public const ushort Addrx1 = 0x29;
    public const ushort Addrx2 = 0x2a;
    public const ushort Addrx3 = 0x2b;
    public const ushort Addrx4 = 0x2c;
    public const ushort GnuAddressIndex = 0x1f01;
    public const ushort GnuStringIndex = 0x1f02;
    public const ushort GnuRefAlternative = 0x1f20;
    public const ushort GnuStrpAlternative = 0x1f21;

    /// <summary>Bytes of a value of this form; -1 where the value itself tells, or the form is unknown.</summary>
    public static int FixedBytes(ushort form, in DwarfEncoding encoding)
    {
        switch (form)
        {
            case FlagPresent or ImplicitConstant: return 0;
            case Data1 or Flag or Ref1 or Strx1 or Addrx1: return 1;
            case Data2 or Ref2 or Strx2 or Addrx2: return 2;
            case Strx3 or Addrx3: return 3;
            case Data4 or Ref4 or Strx4 or Addrx4 or RefSupplementary4: return 4;
            case Data8 or Ref8 or RefSignature8 or RefSupplementary8: return 8;
            case Data16: return 16;
            case Address: return encoding.AddressBytes;
            case RefAddress: return encoding.Version <= 2 ? encoding.AddressBytes : encoding.OffsetBytes;
            case Strp or LineStrp or SectionOffset or StrpSupplementary or GnuRefAlternative or GnuStrpAlternative: return encoding.OffsetBytes;
            default: return -1;
        }
    }

    /// <summary>Reads or passes a value; the cursor fails on forms that are unknown.</summary>
    public static DwarfValue Read(ref ByteCursor cursor, ushort form, long implicitValue, in DwarfEncoding encoding)
    {
        if (form == Indirect)
        {
            form = (ushort)Math.Min(cursor.ReadUleb(), ushort.MaxValue);
            // Nothing says what these would mean here.
            if (form is Indirect or ImplicitConstant) cursor.Fail();
        }
        var start = cursor.Position;
        var bytes = FixedBytes(form, encoding);
        if (bytes is 1 or 2 or 3 or 4 or 8) return new DwarfValue(form, cursor.ReadSized(bytes), start);
        switch (form)
        {
            case FlagPresent: return new DwarfValue(form, 1, start);
            case ImplicitConstant: return new DwarfValue(form, (ulong)implicitValue, start);
            case Data16: cursor.Skip(16); break;
            case String: cursor.ReadText(); break;
            case Sdata: return new DwarfValue(form, (ulong)cursor.ReadSleb(), start);
            case Udata or RefUdata or Strx or Addrx or LocationListx or RangeListx or GnuAddressIndex or GnuStringIndex:
                return new DwarfValue(form, cursor.ReadUleb(), start);
            case Block1: cursor.Skip(cursor.ReadByte()); break;
            case Block2: cursor.Skip(cursor.ReadUInt16()); break;
            case Block4: cursor.Skip(cursor.ReadUInt32()); break;
            case Block or Expression: cursor.Skip(cursor.ReadUleb()); break;
            default: cursor.Fail(); break;
        }
        return new DwarfValue(form, 0, start);
    }
}
