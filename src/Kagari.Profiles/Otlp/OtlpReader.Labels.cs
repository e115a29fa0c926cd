using System.Globalization;
using System.Text;

namespace Kagari.Profiles;

// Texts and labels: of resources and scopes for the series, of attributes for samples.
public sealed partial class OtlpReader
{
    /// <summary>Label that marks series of OpenTelemetry, as the peer does.</summary>
    private const string OtelLabel = "__otel__";

    private const string ServiceKey = "service.name", ExecutableKey = "process.executable.name";

    private readonly List<Label> _resourceLabels = [];
    private int _labelsResource, _labelsScope, _labelBytes;
    private ProfileError _labelsError;
    private string _resourceService = LabelNames.UnknownService;

    /// <summary>Labels of a resource and a scope, and the service; kept for the next profile of the same scope.</summary>
    private bool ReadResourceLabels(int resource, int scope)
    {
        if (_labelsResource != resource || _labelsScope != scope)
        {
            (_labelsResource, _labelsScope, _labelBytes) = (resource, scope, 0);
            _resourceLabels.Clear();
            _resourceService = LabelNames.UnknownService;
            string service = "", executable = "";
            if (ReadAttributes(_resources[resource], 1, "resource"))
            {
                foreach (var (name, value) in _resourceLabels)
                {
                    if (name == ServiceKey && service.Length == 0) service = value;
                    else if (name == ExecutableKey && executable.Length == 0) executable = value;
                }
                if (service.Length > 0) _resourceService = service;
                else if (executable.Length > 0) _resourceService = $"{LabelNames.UnknownService}:{executable}";
                ReadAttributes(_scopes[scope], 3, "scope");
            }
            _labelsError = _error;
        }
        _error = _labelsError;
        return !_error.IsError;
    }

    private bool ReadAttributes(StringRange message, int wanted, string what)
    {
        var data = _request.Span;
        var cursor = new ProtoCursor(data, message.Start, message.Start + message.Length);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            if (field != wanted || wireType != ProtoCursor.Bytes)
            {
                cursor.Skip(wireType);
                continue;
            }
            cursor.ReadLength(out var from, out var to);
            ReadKeyValue(ref cursor, from, to, what);
        }
        return cursor.Failed ? Refuse($"otlp: invalid protobuf at byte {cursor.FailedAt} of {data.Length}") : !_error.IsError;
    }

    private void ReadKeyValue(ref ProtoCursor outer, int start, int end, string what)
    {
        StringRange inline = default;
        var keyIndex = 0;
        OtlpValue value = default;
        var cursor = outer.Slice(start, end);
        while (cursor.NextField(out var field, out var wireType))
        {
            int from, to;
            switch ((field << 3) | wireType)
            {
                case (1 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    inline = new StringRange(from, to - from);
                    break;
                case (2 << 3) + ProtoCursor.Bytes:
                    cursor.ReadLength(out from, out to);
                    value = ReadValue(ref cursor, from, to, isElement: false);
                    break;
                case (3 << 3) + ProtoCursor.Varint: keyIndex = Index(cursor.ReadVarint()); break;
                default: cursor.Skip(wireType); break;
            }
        }
        outer.Join(cursor);
        if (cursor.Failed) return;
        var key = _request.Span.Slice(inline.Start, inline.Length);
        if (key.Length == 0 && !TryString(keyIndex, $"key_strindex of a {what} attribute", out key)) return;
        if (!TryText(value, out var text)) return;
        if (value.Kind == OtlpValueKind.Number) text = Encoding.ASCII.GetBytes(value.Number.ToString(CultureInfo.InvariantCulture));
        if (key.Length == 0 || text.Length == 0) return;   // an empty label is an absent one
        _labelBytes += key.Length + text.Length;
        if (_resourceLabels.Count >= AttributesMax || _labelBytes > AttributeBytesMax || key.Length > AttributeBytesMax || text.Length > AttributeBytesMax)
        {
            Refuse(ProfileErrorKind.TooManyEntries,
                $"otlp: resource and scope have more than {AttributesMax} attributes or {AttributeBytesMax} bytes of them; all become labels of every series");
            return;
        }
        _resourceLabels.Add(new Label(Encoding.UTF8.GetString(key), Encoding.UTF8.GetString(text)));
    }

    private LabelSet MakeLabels(string family, string service) => LabelSet.Of(
        [
            new Label(LabelNames.Name, family),
            new Label(LabelNames.Delta, "false"),
            new Label(OtelLabel, "true"),
            new Label(LabelNames.ServiceName, service),
            .. _resourceLabels,
        ]);

    /// <summary>A string of the table; index 0 is the empty one, also where there is no table.</summary>
    private bool TryString(int index, string field, out ReadOnlySpan<byte> text)
    {
        text = [];
        if (index == 0) return true;
        if ((uint)index >= (uint)_strings.Count) return RefuseIndex(field, index, "string_table", _strings.Count);
        text = _request.Span.Slice(_strings[index].Start, _strings[index].Length);
        return true;
    }

    /// <summary>The text of a value; empty where it has none.</summary>
    private bool TryText(in OtlpValue value, out ReadOnlySpan<byte> text)
    {
        text = [];
        if (value.Kind == OtlpValueKind.Indexed) return TryString((int)value.Number, "string_value_strindex of an attribute", out text);
        if (value.Kind == OtlpValueKind.Text) text = _request.Span.Slice(value.Text.Start, value.Text.Length);
        return true;
    }

    /// <summary>A label's value as a string. One that no limit would let pass is cut, so that it costs no more than others; what is left is still too long.</summary>
    private static string GetLabelText(ReadOnlySpan<byte> text) => Encoding.UTF8.GetString(text[..Math.Min(text.Length, AttributeBytesMax)]);
}
