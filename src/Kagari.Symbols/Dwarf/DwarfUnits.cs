namespace Kagari.Symbols;

/// <summary>Walks the headers of .debug_info.</summary>
internal static class DwarfUnits
{
    private const byte TypeCompile = 1;
    private const byte TypePartial = 3;
    private const byte TypeSkeleton = 4;

    public static DwarfUnit[] Read(DwarfFile file, int unitsMax)
    {
        var units = new List<DwarfUnit>();
        var cursor = file.Sections.Cursor(file.Sections.Info, 0);
        while (!cursor.AtEnd && units.Count < unitsMax)
        {
            var offset = cursor.Position;
            if (!TryReadLength(ref cursor, out var is64, out var end)) break;
            var version = cursor.ReadUInt16();
            var type = version >= 5 ? cursor.ReadByte() : TypeCompile;
            var addressBytes = version >= 5 ? cursor.ReadByte() : (byte)0;
            var abbreviations = cursor.ReadWord(is64);
            if (version < 5) addressBytes = cursor.ReadByte();
            if (type == TypeSkeleton) cursor.Skip(8);
            // Types have no code, and split units are in files of their own.
            var isRead = version is >= 2 and <= 5 && type is TypeCompile or TypePartial or TypeSkeleton && addressBytes is 4 or 8;
            if (isRead && !cursor.Failed && cursor.Position <= end)
                units.Add(new DwarfUnit(offset, cursor.Position, end, new DwarfEncoding(version, addressBytes, is64), abbreviations));
            cursor.Position = end;
        }
        return [.. units];
    }

    /// <summary>The length that starts each table; its first value tells the size of all offsets in it.</summary>
    public static bool TryReadLength(ref ByteCursor cursor, out bool is64, out int end)
    {
        ulong length = cursor.ReadUInt32();
        is64 = length == 0xffffffff;
        if (is64) length = cursor.ReadUInt64();
        end = 0;
        if (cursor.Failed || length > (ulong)(cursor.Length - cursor.Position)) return false;
        end = cursor.Position + (int)length;
        return true;
    }
}
