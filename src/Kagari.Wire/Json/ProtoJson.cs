using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf;

namespace Kagari.Wire.Json;

/// <summary>The JSON mapping of protobuf messages, as clients really write it. Thread-safe.</summary>
/// <remarks>
/// <para>Follows "ProtoJSON format" of protobuf.dev, with the tolerance of Go's decoder when it discards unknowns:
/// fields go by their JSON name or their .proto name, unknown fields and unknown enum names are skipped, 64-bit
/// numbers come as strings or numbers (<c>1e3</c> and <c>"1.0"</c> too), <c>null</c> means absent, bytes are base64 of
/// either alphabet with or without padding.</para>
/// <para>Google.Protobuf's own parser throws on enum names it does not know, so newer clients would break it.</para>
/// <para>Not supported, refused with <see cref="NotSupportedException"/> when the message type is first seen:
/// Any, Struct, Value, ListValue, FieldMask, wrappers, groups and extensions.</para>
/// </remarks>
public static class ProtoJson
{
    /// <summary>Messages may nest this deep, as in protobuf's binary decoders.</summary>
    public const int DepthMax = 100;

    // Function names are full of <, > and &; the content type says JSON, so nothing reads this as HTML.
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    [ThreadStatic]
    private static Utf8JsonWriter? s_writer;

    /// <summary>Reads one message; on false <paramref name="error"/> names the field and what was found.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> utf8Json, [NotNullWhen(true)] out T? message, [NotNullWhen(false)] out string? error)
        where T : class, IMessage, new()
    {
        try
        {
            message = new T();
            ProtoJsonReader.Read(utf8Json, message);
            error = null;
            return true;
        }
        catch (ProtoJsonException e)
        {
            message = null;
            error = e.Message;
            return false;
        }
    }

    /// <summary>Reads one message.</summary>
    /// <exception cref="ProtoJsonException">The bytes are not JSON, or a field has a value that does not fit it.</exception>
    public static T Read<T>(ReadOnlySpan<byte> utf8Json)
        where T : class, IMessage, new()
    {
        var message = new T();
        ProtoJsonReader.Read(utf8Json, message);
        return message;
    }

    /// <summary>Writes one message: defaults omitted, 64-bit numbers as strings, enums by name, bytes as base64.</summary>
    public static void Write(IMessage message, IBufferWriter<byte> output)
    {
        // A writer is some hundred bytes and is always finished before we return, so each thread keeps one.
        var writer = s_writer ?? new Utf8JsonWriter(output, WriterOptions);
        s_writer = null;
        writer.Reset(output);
        ProtoJsonWriter.WriteMessage(writer, message);
        writer.Flush();
        writer.Reset(Stream.Null);
        s_writer = writer;
    }
}
