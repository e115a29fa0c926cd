using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;

namespace Kagari.Wire.Json;

/// <summary>Fills messages by their descriptors. See <see cref="ProtoJson"/>.</summary>
internal ref struct ProtoJsonReader
{
    // A message in a list takes two levels of JSON.
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 2 * ProtoJson.DepthMax + 2 };

    /// <summary>The longest text of a number that is looked at; more is noise.</summary>
    private const int NumberBytesMax = 64;

    private Utf8JsonReader _json;

    /// <summary>Where we are, for errors: <c>left.stackTraceSelector.callSite[3].name</c>.</summary>
    private PathSegment[] _path;
    private int _depth;

    private ProtoJsonReader(ReadOnlySpan<byte> utf8Json)
    {
        _json = new Utf8JsonReader(utf8Json, ReaderOptions);
        _path = new PathSegment[8];
    }

    public static void Read(ReadOnlySpan<byte> utf8Json, IMessage message)
    {
        var plan = MessagePlan.Of(message.Descriptor);
        var reader = new ProtoJsonReader(utf8Json);
        try
        {
            if (!reader._json.Read()) throw new ProtoJsonException("The JSON text is empty; expected an object.");
            reader.ReadMessage(message, plan);
            // The reader itself refuses a second value.
            reader._json.Read();
        }
        catch (JsonException e)
        {
            throw new ProtoJsonException($"Invalid JSON at line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}{reader.AtPath()}: {Plain(e.Message)}", e);
        }
        catch (InvalidOperationException e)
        {
            // Utf8JsonReader.GetString: bytes that are not UTF-8, or half of a surrogate pair.
            throw reader.Error($"the string is not valid Unicode ({e.Message})");
        }
    }

    private void ReadMessage(IMessage message, MessagePlan plan)
    {
        if (plan.WellKnown != WellKnownType.None)
        {
            if (_json.TokenType != JsonTokenType.String || !WellKnownJson.TryParse(plan.WellKnown, _json.GetString()!, message))
                throw Error($"expected a string for {plan.Descriptor.FullName}, found {Found()}");
            return;
        }
        if (_json.TokenType != JsonTokenType.StartObject) throw Error($"expected an object, found {Found()}");
        Enter();
        // One bit per field that has a value.
        Span<ulong> seen = stackalloc ulong[(plan.Fields.Length + 63) >> 6];
        seen.Clear();
        var next = 0;
        while (ReadToken() != JsonTokenType.EndObject)
        {
            var field = Find(plan, ref next);
            if (field is null)
            {
                // The name of an unknown field need not be decodable, so it stays out of the path.
                SkipValue();
                continue;
            }
            _path[_depth - 1] = new PathSegment(field.Field.JsonName, -1);
            if (ReadToken() == JsonTokenType.Null) continue;
            ref var word = ref seen[field.Index >> 6];
            var bit = 1UL << field.Index;
            if ((word & bit) != 0) throw Error("the field occurs twice");
            word |= bit;
            if (field.Field.RealContainingOneof is { } oneof && oneof.Accessor.GetCaseFieldDescriptor(message) is { } other && other != field.Field)
                throw Error($"'{other.JsonName}' is already set, and only one of the fields of '{oneof.Name}' may be");
            ReadField(message, field);
        }
        Leave();
    }

    /// <summary>The field whose name the reader stands on, or null. Looks first after the field found before.</summary>
    private readonly FieldPlan? Find(MessagePlan plan, ref int next)
    {
        var fields = plan.Fields;
        for (var i = 0; i < fields.Length; i++)
        {
            var index = next + i;
            if (index >= fields.Length) index -= fields.Length;
            var field = fields[index];
            if (!_json.ValueTextEquals(field.JsonName) && !_json.ValueTextEquals(field.ProtoName)) continue;
            next = index + 1;
            return field;
        }
        return null;
    }

    private void ReadField(IMessage message, FieldPlan field)
    {
        if (field.IsMap)
        {
            ReadMap((IDictionary)field.Accessor.GetValue(message), field);
        }
        else if (field.IsRepeated)
        {
            ReadList((IList)field.Accessor.GetValue(message), field);
        }
        else if (ReadValue(field) is { } value)
        {
            field.Accessor.SetValue(message, value);
        }
    }

    private void ReadList(IList list, FieldPlan field)
    {
        if (_json.TokenType != JsonTokenType.StartArray) throw Error($"expected an array, found {Found()}");
        for (var i = 0; ; i++)
        {
            _path[_depth - 1].Index = i;
            if (ReadToken() == JsonTokenType.EndArray) break;
            if (_json.TokenType == JsonTokenType.Null) throw Error("null stands for an absent field, not for an element of an array");
            switch (list)
            {
                case RepeatedField<long> longs: longs.Add(ReadInt64()); break;
                case RepeatedField<string> strings: strings.Add(ReadString()); break;
                default:
                    if (ReadValue(field) is { } value) list.Add(value);
                    break;
            }
        }
        _path[_depth - 1].Index = -1;
    }

    private void ReadMap(IDictionary map, FieldPlan field)
    {
        if (_json.TokenType != JsonTokenType.StartObject) throw Error($"expected an object, found {Found()}");
        Enter();
        while (ReadToken() != JsonTokenType.EndObject)
        {
            var text = _json.GetString()!;
            _path[_depth - 1] = new PathSegment(text, -1);
            var key = ReadMapKey(field.MapKey!.Type, text);
            if (map.Contains(key)) throw Error("the key occurs twice");
            if (ReadToken() == JsonTokenType.Null) throw Error("null is not a value of a map");
            if (ReadValue(field.MapValue!) is { } value) map.Add(key, value);
        }
        Leave();
    }

    private readonly object ReadMapKey(FieldType type, string text)
    {
        switch (type)
        {
            case FieldType.String:
                return text;
            case FieldType.Bool when text is "true" or "false":
                return text == "true";
            case FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var i):
                return i;
            case FieldType.UInt32 or FieldType.Fixed32 when uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var u):
                return u;
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var l):
                return l;
            case FieldType.UInt64 or FieldType.Fixed64 when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ul):
                return ul;
            default:
                throw Error($"the key is no {type}");
        }
    }

    /// <summary>The value the reader stands on, or null where it is an enum name of the future.</summary>
    private object? ReadValue(FieldPlan field)
    {
        switch (field.Type)
        {
            case FieldType.String: return ReadString();
            case FieldType.Bytes: return ReadBytes();
            case FieldType.Bool: return ReadBool();
            case FieldType.Double: return ReadDouble();
            case FieldType.Float: return ReadFloat();
            case FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32: return (int)ReadInteger(int.MinValue, int.MaxValue, "32-bit integer");
            case FieldType.UInt32 or FieldType.Fixed32: return (uint)ReadInteger(0, uint.MaxValue, "unsigned 32-bit integer");
            case FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64: return ReadInt64();
            case FieldType.UInt64 or FieldType.Fixed64: return (ulong)ReadInteger(0, ulong.MaxValue, "unsigned 64-bit integer");
            case FieldType.Enum: return ReadEnum(field.Field.EnumType);
            case FieldType.Message:
                var message = field.Field.MessageType.Parser.ParseFrom(ByteString.Empty);
                ReadMessage(message, field.Message);
                return message;
            default: throw new NotSupportedException($"Field {field.Field.FullName} has type {field.Type}; see ProtoJson.");
        }
    }

    private readonly string ReadString() =>
        _json.TokenType == JsonTokenType.String ? _json.GetString()! : throw Error($"expected a string, found {Found()}");

    private readonly bool ReadBool() => _json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Error($"expected true or false, found {Found()}"),
    };

    private readonly ByteString ReadBytes()
    {
        if (_json.TokenType != JsonTokenType.String) throw Error($"expected base64, found {Found()}");
        var text = ArrayPool<byte>.Shared.Rent(_json.ValueSpan.Length);
        var bytes = ArrayPool<byte>.Shared.Rent(Base64Text.DecodedBytesMax(_json.ValueSpan.Length));
        try
        {
            var length = _json.CopyString(text);
            if (!Base64Text.TryDecode(text.AsSpan(0, length), bytes, out var written)) throw Error("the string is not base64");
            return ByteString.CopyFrom(bytes.AsSpan(0, written));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private readonly object? ReadEnum(EnumDescriptor type)
    {
        if (_json.TokenType == JsonTokenType.String)
            return type.FindValueByName(_json.GetString()!) is { } known ? known.Number : null;
        if (_json.TokenType == JsonTokenType.Number) return (int)ReadInteger(int.MinValue, int.MaxValue, "number of an enum");
        throw Error($"expected the name or the number of a {type.Name}, found {Found()}");
    }

    private readonly long ReadInt64()
    {
        if (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value)) return value;
        return (long)ReadInteger(long.MinValue, long.MaxValue, "64-bit integer");
    }

    /// <remarks>A decimal holds every 64-bit integer exactly, and knows exponents and fractions.</remarks>
    private readonly decimal ReadInteger(decimal min, decimal max, string what)
    {
        Span<byte> buffer = stackalloc byte[NumberBytesMax];
        if (!TryReadNumberText(buffer, out var length) ||
            !decimal.TryParse(buffer[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ||
            value < min || value > max || value != decimal.Truncate(value))
        {
            throw Error($"expected a {what}, found {Found()}");
        }
        return value;
    }

    private readonly double ReadDouble()
    {
        if (_json.TokenType == JsonTokenType.String)
        {
            if (_json.ValueTextEquals("NaN"u8)) return double.NaN;
            if (_json.ValueTextEquals("Infinity"u8)) return double.PositiveInfinity;
            if (_json.ValueTextEquals("-Infinity"u8)) return double.NegativeInfinity;
        }
        Span<byte> buffer = stackalloc byte[NumberBytesMax * 8];
        if (!TryReadNumberText(buffer, out var length) ||
            !double.TryParse(buffer[..length], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var value) ||
            !double.IsFinite(value))
        {
            throw Error($"expected a number, found {Found()}");
        }
        return value;
    }

    private readonly float ReadFloat()
    {
        var value = ReadDouble();
        var narrow = (float)value;
        return double.IsFinite(value) && !float.IsFinite(narrow) ? throw Error($"expected a number of single precision, found {Found()}") : narrow;
    }

    private readonly bool TryReadNumberText(Span<byte> buffer, out int length)
    {
        length = 0;
        var text = _json.ValueSpan;
        if (_json.TokenType is not (JsonTokenType.Number or JsonTokenType.String) || text.Length > buffer.Length) return false;
        if (_json.TokenType == JsonTokenType.String)
        {
            length = _json.CopyString(buffer);
        }
        else
        {
            text.CopyTo(buffer);
            length = text.Length;
        }
        return length > 0;
    }

    private JsonTokenType ReadToken()
    {
        _json.Read();
        return _json.TokenType;
    }

    private void SkipValue()
    {
        _json.Read();
        _json.Skip();
    }

    private void Enter()
    {
        if (_depth == ProtoJson.DepthMax) throw Error($"messages nest deeper than {ProtoJson.DepthMax}");
        if (_depth == _path.Length) Array.Resize(ref _path, _depth * 2);
        _path[_depth++] = default;
    }

    private void Leave() => _depth--;

    /// <summary>What stands there, short enough for a message.</summary>
    private readonly string Found()
    {
        switch (_json.TokenType)
        {
            case JsonTokenType.StartObject: return "an object";
            case JsonTokenType.StartArray: return "an array";
            case JsonTokenType.String or JsonTokenType.Number:
                var text = _json.ValueSpan;
                var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 40)]) + (text.Length > 40 ? "…" : "");
                return _json.TokenType == JsonTokenType.String ? $"\"{shown}\"" : shown;
            default: return _json.TokenType.ToString().ToLowerInvariant();
        }
    }

    private readonly ProtoJsonException Error(string what)
    {
        var path = Path();
        return new ProtoJsonException(path.Length == 0 ? $"The message: {what}." : $"Field '{path}': {what}.");
    }

    private readonly string AtPath()
    {
        var path = Path();
        return path.Length == 0 ? "" : $", near field '{path}'";
    }

    private readonly string Path()
    {
        var path = new StringBuilder();
        foreach (var segment in _path.AsSpan(0, _depth))
        {
            if (segment.Name is null) break;
            if (path.Length > 0) path.Append('.');
            path.Append(segment.Name);
            if (segment.Index >= 0) path.Append('[').Append(segment.Index).Append(']');
        }
        return path.ToString();
    }

    /// <summary>The reader's message without its own position, which comes first in ours.</summary>
    private static string Plain(string message)
    {
        var position = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return position < 0 ? message : message[..position];
    }

    private record struct PathSegment(string? Name, int Index);
}
