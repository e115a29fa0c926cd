using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Kagari.Wire.Json;

namespace Kagari.Wire.Pushing;

/// <summary>Reads a push.v1.PushRequest in JSON into a <see cref="PushBatch"/>; the twin of <see cref="PushRequestReader"/>.</summary>
/// <remarks>The same tolerance as <see cref="ProtoJson"/>: either name of a field, null is absent, unknown fields are skipped.</remarks>
internal ref struct PushJsonReader
{
    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = 2 * ProtoJson.DepthMax };

    private readonly PushBatch _batch;
    private readonly Span<byte> _decoded;
    private Utf8JsonReader _json;
    private int _length;

    private PushJsonReader(ReadOnlySpan<byte> body, PushBatch batch, Span<byte> decoded)
    {
        _json = new Utf8JsonReader(body, ReaderOptions);
        _batch = batch;
        _decoded = decoded;
    }

    /// <summary>Fills the batch; null if all is well.</summary>
    public static PushError? Read(ReadOnlySpan<byte> body, PushBatch batch, Span<byte> decoded, out int length)
    {
        var reader = new PushJsonReader(body, batch, decoded);
        var error = reader.ReadAll();
        length = reader._length;
        return error;
    }

    private PushError? ReadAll()
    {
        try
        {
            if (!_json.Read()) return Error("the body is empty; expected a JSON object");
            var error = ReadRequest();
            if (error is null) _json.Read();
            return error;
        }
        catch (JsonException)
        {
            return new PushError((int)_json.BytesConsumed, "the text is not valid JSON from here");
        }
        catch (InvalidOperationException)
        {
            // Utf8JsonReader.CopyString: bytes that are not UTF-8, or half of a surrogate pair.
            return Error("the string is not valid Unicode");
        }
    }

    private PushError? ReadRequest()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return Error("expected a PushRequest as an object");
        while (NextProperty())
        {
            if (!_json.ValueTextEquals("series"u8))
            {
                SkipValue();
                continue;
            }
            if (!NextValue()) continue;
            if (_json.TokenType != JsonTokenType.StartArray) return Error("series: expected an array");
            while (NextElement())
                if ((_batch.AddSeries() ?? ReadSeries()) is { } error) return error;
        }
        return null;
    }

    private PushError? ReadSeries()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return Error("series: expected objects in the array");
        while (NextProperty())
        {
            var labels = _json.ValueTextEquals("labels"u8);
            if (!labels && !_json.ValueTextEquals("samples"u8))
            {
                SkipValue();
                continue;
            }
            if (!NextValue()) continue;
            if (_json.TokenType != JsonTokenType.StartArray) return Error(labels ? "labels: expected an array" : "samples: expected an array");
            while (NextElement())
                if ((labels ? ReadLabel() : ReadSample()) is { } error) return error;
        }
        return null;
    }

    private PushError? ReadLabel()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return Error("labels: expected objects in the array");
        Range name = default, value = default;
        while (NextProperty())
        {
            var isName = _json.ValueTextEquals("name"u8);
            if (!isName && !_json.ValueTextEquals("value"u8))
            {
                SkipValue();
                continue;
            }
            if (!NextValue()) continue;
            if (_json.TokenType != JsonTokenType.String) return Error("labels: expected a string");
            if (!TryDecodeText(out var text)) return Error("labels: the string is not valid UTF-8");
            if (isName) name = text;
            else value = text;
        }
        return _batch.AddLabel(name, value);
    }

    private PushError? ReadSample()
    {
        if (_json.TokenType != JsonTokenType.StartObject) return Error("samples: expected objects in the array");
        Range profile = default;
        while (NextProperty())
        {
            if (!_json.ValueTextEquals("rawProfile"u8) && !_json.ValueTextEquals("raw_profile"u8))
            {
                SkipValue();
                continue;
            }
            if (!NextValue()) continue;
            if (_json.TokenType != JsonTokenType.String || !TryDecodeBase64(out profile)) return Error("rawProfile: expected base64");
        }
        return _batch.AddSample(profile);
    }

    private bool TryDecodeText(out Range text)
    {
        var length = _json.CopyString(_decoded[_length..]);
        text = _length..(_length + length);
        _length += length;
        return Utf8.IsValid(_decoded[text]);
    }

    private bool TryDecodeBase64(out Range bytes)
    {
        var output = _decoded[_length..];
        int written;
        bool decoded;
        if (!_json.ValueIsEscaped)
        {
            decoded = Base64Text.TryDecode(_json.ValueSpan, output, out written);
        }
        else
        {
            // Some languages escape the slash.
            var text = ArrayPool<byte>.Shared.Rent(_json.ValueSpan.Length);
            try
            {
                decoded = Base64Text.TryDecode(text.AsSpan(0, _json.CopyString(text)), output, out written);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(text);
            }
        }
        bytes = _length..(_length + written);
        _length += written;
        return decoded;
    }

    private bool NextProperty() => _json.Read() && _json.TokenType == JsonTokenType.PropertyName;

    private bool NextElement() => _json.Read() && _json.TokenType != JsonTokenType.EndArray;

    /// <summary>Moves from a name to its value; false if that is null, which means absent.</summary>
    private bool NextValue() => _json.Read() && _json.TokenType != JsonTokenType.Null;

    private void SkipValue()
    {
        _json.Read();
        _json.Skip();
    }

    private readonly PushError Error(string what) => new((int)_json.TokenStartIndex, what);
}
