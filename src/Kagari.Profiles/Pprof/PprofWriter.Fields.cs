namespace Kagari.Profiles;

/// <content>The protobuf wire format (protobuf.dev/programming-guides/encoding): all fields have one-byte tags.</content>
public static partial class PprofWriter
{
    private const int FieldBytesMax = 1 + WireWriter.VarintBytesMax;
    private const int LengthDelimited = 2;

    /// <summary>Size of a number field; 0 is the default and is left out.</summary>
    private static int Number(long value) => value == 0 ? 0 : 1 + WireWriter.SizeOf((ulong)value);

    private static void Field(ref WireWriter writer, int field, long value)
    {
        if (value == 0) return;
        writer.Byte((byte)(field << 3));
        writer.Varint((ulong)value);
    }

    /// <summary>Size of a length-delimited field around <paramref name="size"/> bytes.</summary>
    private static long Framed(long size) => 1 + WireWriter.SizeOf((ulong)size) + size;

    private static int Framed(int size) => 1 + WireWriter.SizeOf((uint)size) + size;

    /// <summary>Starts such a field and makes space for the <paramref name="reserve"/> bytes that follow it.</summary>
    private static void Frame(ref WireWriter writer, int field, int size, int reserve)
    {
        writer.Reserve(FieldBytesMax + reserve);
        writer.Byte((byte)((field << 3) | LengthDelimited));
        writer.Varint((uint)size);
    }

    private static int PackedSize(ReadOnlySpan<int> indexes, int add)
    {
        var size = 0;
        foreach (var index in indexes) size += WireWriter.SizeOf((uint)(index + add));
        return size;
    }

    private static int PackedSize(ReadOnlySpan<long> values)
    {
        var size = 0;
        foreach (var value in values) size += WireWriter.SizeOf((ulong)value);
        return size;
    }

    private static void WritePacked(ref WireWriter writer, ReadOnlySpan<int> indexes, int add)
    {
        foreach (var index in indexes)
        {
            writer.Reserve(WireWriter.VarintBytesMax);
            writer.Varint((uint)(index + add));
        }
    }
}
