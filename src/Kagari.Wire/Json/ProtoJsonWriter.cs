using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Kagari.Wire.Json;

/// <summary>Writes messages by their descriptors. See <see cref="ProtoJson"/>.</summary>
internal static class ProtoJsonWriter
{
    /// <summary>The longest 64-bit number with its sign, two quotes and a comma.</summary>
    private const int Int64BytesMax = 20 + 3;

    /// <summary>Numbers of a long array that are formatted at a time; 24 KB of pooled memory.</summary>
    private const int Int64Chunk = 1024;

    public static void WriteMessage(Utf8JsonWriter writer, IMessage message)
    {
        var plan = MessagePlan.Of(message.Descriptor);
        if (plan.WellKnown != WellKnownType.None)
        {
            writer.WriteStringValue(WellKnownJson.Format(plan.WellKnown, message));
            return;
        }
        WriteObject(writer, message, plan);
    }

    private static void WriteObject(Utf8JsonWriter writer, IMessage message, MessagePlan plan)
    {
        writer.WriteStartObject();
        foreach (var field in plan.Fields)
        {
            if (field.HasPresence && !field.Accessor.HasValue(message)) continue;
            var value = field.Accessor.GetValue(message);
            if (field.IsRepeated)
            {
                var list = (IList)value;
                if (list.Count == 0) continue;
                writer.WritePropertyName(field.EncodedName);
                WriteList(writer, field, list);
            }
            else if (field.IsMap)
            {
                var map = (IDictionary)value;
                if (map.Count == 0) continue;
                writer.WritePropertyName(field.EncodedName);
                WriteMap(writer, field, map);
            }
            else if (field.HasPresence || !IsDefault(field.Type, value))
            {
                writer.WritePropertyName(field.EncodedName);
                WriteValue(writer, field, value);
            }
        }
        writer.WriteEndObject();
    }

    private static bool IsDefault(FieldType type, object value) => type switch
    {
        FieldType.String => ((string)value).Length == 0,
        FieldType.Bytes => ((ByteString)value).Length == 0,
        FieldType.Bool => !(bool)value,
        // Minus zero is not the default: it has bits.
        FieldType.Double => BitConverter.DoubleToInt64Bits((double)value) == 0,
        FieldType.Float => BitConverter.SingleToInt32Bits((float)value) == 0,
        FieldType.Enum or FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => (int)value == 0,
        FieldType.UInt32 or FieldType.Fixed32 => (uint)value == 0,
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => (long)value == 0,
        FieldType.UInt64 or FieldType.Fixed64 => (ulong)value == 0,
        _ => false,
    };

    private static void WriteList(Utf8JsonWriter writer, FieldPlan field, IList list)
    {
        switch (list)
        {
            case RepeatedField<long> longs:
                WriteInt64Array(writer, longs);
                return;
            case RepeatedField<ulong> ulongs:
                WriteInt64Array(writer, ulongs);
                return;
        }
        writer.WriteStartArray();
        switch (list)
        {
            case RepeatedField<string> strings:
                foreach (var s in strings) writer.WriteStringValue(s);
                break;
            case RepeatedField<double> doubles:
                foreach (var d in doubles) WriteDouble(writer, d);
                break;
            case RepeatedField<int> ints:
                foreach (var i in ints) writer.WriteNumberValue(i);
                break;
            default:
                if (field.Type == FieldType.Message && field.Message.WellKnown == WellKnownType.None)
                {
                    var plan = field.Message;
                    foreach (var item in list) WriteObject(writer, (IMessage)item!, plan);
                }
                else
                {
                    foreach (var item in list) WriteValue(writer, field, item!);
                }
                break;
        }
        writer.WriteEndArray();
    }

    /// <remarks>
    /// The levels of a flame graph are hundreds of thousands of numbers. Formatting a chunk of them into a buffer of
    /// ours and handing it over as one raw value skips the writer's bookkeeping per number; the writer puts the comma
    /// between two chunks.
    /// </remarks>
    private static void WriteInt64Array<T>(Utf8JsonWriter writer, RepeatedField<T> values)
        where T : struct, IUtf8SpanFormattable
    {
        var count = values.Count;
        var text = ArrayPool<byte>.Shared.Rent(Math.Min(count, Int64Chunk) * Int64BytesMax);
        writer.WriteStartArray();
        for (var done = 0; done < count;)
        {
            var end = Math.Min(count, done + Int64Chunk);
            var length = 0;
            for (; done < end; done++)
            {
                text[length++] = (byte)'"';
                values[done].TryFormat(text.AsSpan(length), out var written, default, CultureInfo.InvariantCulture);
                length += written;
                text[length++] = (byte)'"';
                text[length++] = (byte)',';
            }
            writer.WriteRawValue(text.AsSpan(0, length - 1), skipInputValidation: true);
        }
        writer.WriteEndArray();
        ArrayPool<byte>.Shared.Return(text);
    }

    private static void WriteMap(Utf8JsonWriter writer, FieldPlan field, IDictionary map)
    {
        writer.WriteStartObject();
        foreach (DictionaryEntry entry in map)
        {
            writer.WritePropertyName(entry.Key is bool b ? (b ? "true" : "false") : Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!);
            WriteValue(writer, field.MapValue!, entry.Value!);
        }
        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, FieldPlan field, object value)
    {
        switch (field.Type)
        {
            case FieldType.String: writer.WriteStringValue((string)value); break;
            case FieldType.Bytes: writer.WriteBase64StringValue(((ByteString)value).Span); break;
            case FieldType.Bool: writer.WriteBooleanValue((bool)value); break;
            case FieldType.Double: WriteDouble(writer, (double)value); break;
            case FieldType.Float: WriteFloat(writer, (float)value); break;
            case FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32: writer.WriteNumberValue((int)value); break;
            case FieldType.UInt32 or FieldType.Fixed32: writer.WriteNumberValue((uint)value); break;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64: WriteQuoted(writer, (long)value); break;
            case FieldType.UInt64 or FieldType.Fixed64: WriteQuoted(writer, (ulong)value); break;
            case FieldType.Enum: WriteEnum(writer, field, (int)value); break;
            case FieldType.Message: WriteMessage(writer, (IMessage)value); break;
            default: throw new NotSupportedException($"Field {field.Field.FullName} has type {field.Type}; see ProtoJson.");
        }
    }

    private static void WriteQuoted<T>(Utf8JsonWriter writer, T value)
        where T : struct, IUtf8SpanFormattable
    {
        Span<byte> text = stackalloc byte[Int64BytesMax];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        writer.WriteStringValue(text[..length]);
    }

    private static void WriteEnum(Utf8JsonWriter writer, FieldPlan field, int number)
    {
        // Enums are open: a number without a name is kept as a number.
        if (field.Field.EnumType.FindValueByNumber(number) is { } known) writer.WriteStringValue(known.Name);
        else writer.WriteNumberValue(number);
    }

    private static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(NameOfNonFinite(value));
    }

    private static void WriteFloat(Utf8JsonWriter writer, float value)
    {
        if (float.IsFinite(value)) writer.WriteNumberValue(value);
        else writer.WriteStringValue(NameOfNonFinite(value));
    }

    private static string NameOfNonFinite(double value) =>
        double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";
}
