using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Thrift's compact protocol, as far as the metadata of Parquet needs it.</summary>
/// <remarks>
/// Specification: Apache Thrift, doc/specs/thrift-compact-protocol.md. A field is one byte, the distance to the field before
/// in the upper half and the type in the lower, then the value; a struct ends with a zero byte:
/// <code>
/// i32 field 1 = 5, string field 3 = "a"      15 0A  28 01 61  00
/// </code>
/// Fields must come in ascending order and less than 16 apart, which those of Parquet do.
/// </remarks>
internal ref struct ThriftWriter(ref FlatList<byte> output)
{
    private const byte BooleanTrue = 1, BooleanFalse = 2, Int32Type = 5, Int64Type = 6, BinaryType = 8, ListType = 9, StructType = 12;

    private readonly ref FlatList<byte> _output = ref output;

    // The number of the last field, for each struct around the place.
    private Fields _fields;
    private int _depth;

    public void Boolean(int field, bool value) => Field(field, value ? BooleanTrue : BooleanFalse);

    public void Int32(int field, int value)
    {
        Field(field, Int32Type);
        _output.AddZigZag(value);
    }

    public void Int64(int field, long value)
    {
        Field(field, Int64Type);
        _output.AddZigZag(value);
    }

    public void Binary(int field, ReadOnlySpan<byte> value)
    {
        Field(field, BinaryType);
        _output.AddBytes(value);
    }

    /// <summary>Begins a struct; <see cref="End"/> ends it.</summary>
    public void Struct(int field)
    {
        Field(field, StructType);
        Begin();
    }

    /// <summary>A struct without fields.</summary>
    public void Empty(int field)
    {
        Struct(field);
        End();
    }

    /// <summary>Begins a list of structs; each of them is between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public void Structs(int field, int count) => List(field, count, StructType);

    public void Int32s(int field, params ReadOnlySpan<int> values)
    {
        List(field, values.Length, Int32Type);
        foreach (var value in values) _output.AddZigZag(value);
    }

    public void Texts(int field, IReadOnlyList<string> values)
    {
        List(field, values.Count, BinaryType);
        foreach (var value in values) _output.AddBytes(System.Text.Encoding.UTF8.GetBytes(value));
    }

    /// <summary>Structs of a list that were written before.</summary>
    public void Written(ReadOnlySpan<byte> structs) => _output.AddRange(structs);

    /// <summary>Begins a struct of a list.</summary>
    public void Begin() => _fields[++_depth] = 0;

    /// <summary>Ends the innermost struct, or the outermost.</summary>
    public void End()
    {
        _output.Add(0);
        _depth--;
    }

    private void List(int field, int count, byte type)
    {
        Field(field, ListType);
        if (count < 15)
        {
            _output.Add((byte)((count << 4) | type));
            return;
        }
        _output.Add((byte)(0xF0 | type));
        _output.AddVarint(count);
    }

    private void Field(int field, byte type)
    {
        var distance = field - _fields[_depth];
        if (distance is < 1 or > 15) throw new InvalidOperationException($"BUG: field {field} of a Thrift struct follows field {_fields[_depth]}.");
        _output.Add((byte)((distance << 4) | type));
        _fields[_depth] = field;
    }

    /// <summary>As deep as file, row group, column, metadata, statistics lie in each other, and some more.</summary>
    [System.Runtime.CompilerServices.InlineArray(8)]
    private struct Fields
    {
        private int _first;
    }
}
