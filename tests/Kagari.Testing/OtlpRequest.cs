using System.Globalization;
using System.Text;

namespace Kagari.Testing;

/// <summary>Requests of OpenTelemetry profiles as drawings, written byte by byte and without a line of the reader under test.</summary>
/// <remarks>
/// A sample is <c>root;leaf VALUES {labels}</c>. Values: <c>5</c>, <c>2+3</c> (a value each of two timestamps), <c>t4</c>
/// (four timestamps and no values), <c>-</c> (neither). Labels: <c>k=v</c> a text, <c>k=7</c> a number, <c>k=#v</c> a text
/// of the string table; <c>span_id</c> and <c>trace_id</c> make a link. A frame <c>@4f</c> is an address in libc without
/// symbols.
/// </remarks>
public sealed class OtlpRequest
{
    private readonly List<string> _strings = [""];
    private readonly List<byte[]> _functions = [[]], _locations = [[]], _stacks = [[]], _links = [[]], _attributes = [[]];
    private readonly List<(byte[] Resource, byte[] Scope, List<byte[]> Profiles)> _scopes = [];

    /// <summary>Whether samples are numbered as in version 1.9.</summary>
    public bool IsOld { get; init; }

    /// <summary>Mappings; the second is libc, for frames without symbols.</summary>
    public List<byte[]> Mappings { get; } = [[]];

    /// <summary>Added to the end of the dictionary.</summary>
    public byte[] ExtraDictionary { get; set; } = [];

    /// <summary>Whether the dictionary is left out.</summary>
    public bool HasNoDictionary { get; set; }

    /// <summary>Starts a resource with these attributes, of texts, numbers or lists of texts.</summary>
    public OtlpRequest Resource(params (string Key, object Value)[] attributes) => Scope(attributes);

    /// <summary>The same with attributes of the scope.</summary>
    public OtlpRequest Scope((string Key, object Value)[] resource, params (string Key, object Value)[] scope)
    {
        _scopes.Add((
            Join([.. resource.Select(a => Message(1, KeyValue(a.Key, a.Value)))]),
            Join([Message(1, "scope"u8.ToArray()), Message(2, "1.2"u8.ToArray()), .. scope.Select(a => Message(3, KeyValue(a.Key, a.Value)))]),
            []));
        return this;
    }

    /// <summary>A profile of the resource that was started last.</summary>
    /// <param name="drawing">Samples, see the type.</param>
    /// <param name="type">Sample type and unit, <c>samples:count</c>; empty for none.</param>
    /// <param name="period">Type, unit and number of the period, <c>cpu:nanoseconds:10</c>; empty for none.</param>
    /// <param name="timeNanos">Its time; 0 for none.</param>
    /// <param name="extra">Added to the end of the message.</param>
    public OtlpRequest Profile(string drawing, string type = "samples:count", string period = "cpu:nanoseconds:10", ulong timeNanos = 0, byte[]? extra = null)
    {
        if (_scopes.Count == 0) Resource(("service.name", "shop"));
        var parts = new List<byte[]>();
        if (type.Length > 0) parts.Add(Message(1, Type(type)));
        if (period.Length > 0)
        {
            parts.Add(Message(5, Type(period)));
            parts.Add(Number(6, ulong.Parse(period.Split(':')[2], CultureInfo.InvariantCulture)));
        }
        if (timeNanos > 0) parts.Add(Fixed(3, timeNanos));
        parts.Add(Number(4, 5_000_000_000));
        foreach (var sample in drawing.Split(" | ", StringSplitOptions.RemoveEmptyEntries)) parts.Add(Message(2, Sample(sample)));
        _scopes[^1].Profiles.Add(Join([.. parts, extra ?? []]));
        return this;
    }

    /// <summary>The bytes of the request.</summary>
    public byte[] ToBytes()
    {
        // Dictionary first, as some write it; the reader must not mind.
        var dictionary = Join([
            .. Mappings.Select(m => Message(1, m)), .. _locations.Select(l => Message(2, l)), .. _functions.Select(f => Message(3, f)),
            .. _links.Select(l => Message(4, l)), .. _strings.Select(s => Message(5, Encoding.UTF8.GetBytes(s))),
            .. _attributes.Select(a => Message(6, a)), .. _stacks.Select(s => Message(7, s)), ExtraDictionary]);
        var resources = _scopes.Select(s => Message(1, Join(
            Message(1, s.Resource), Message(2, Join([Message(1, s.Scope), .. s.Profiles.Select(p => Message(2, p))])))));
        return Join([HasNoDictionary ? [] : Message(2, dictionary), .. resources]);
    }

    /// <summary>The index of a string, added if it is new.</summary>
    public ulong String(string text) => Intern(_strings, text);

    /// <summary>The index of an attribute of the dictionary, added if it is new.</summary>
    public ulong Attribute(string key, object value) => Intern(_attributes, Join(Number(1, String(key)), Message(2, Value(value))));

    /// <summary>A field that is a varint; left out where it is zero.</summary>
    public static byte[] Number(int field, ulong value) => value == 0 ? [] : [.. Varint((ulong)field << 3), .. Varint(value)];

    /// <summary>A field that is eight bytes.</summary>
    public static byte[] Fixed(int field, ulong value) => [.. Varint(((ulong)field << 3) | 1), .. BitConverter.GetBytes(value)];

    /// <summary>A field that is bytes with their length.</summary>
    public static byte[] Message(int field, byte[] content) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    /// <summary>A field that is a packed list.</summary>
    public static byte[] Packed(int field, params ulong[] values) => Message(field, [.. values.SelectMany(Varint)]);

    /// <summary>Bytes after bytes.</summary>
    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(p => p)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }

    private static ulong Intern<T>(List<T> table, T entry)
    {
        var index = table.FindIndex(e => e is byte[] bytes ? bytes.AsSpan().SequenceEqual((byte[])(object)entry!) : e!.Equals(entry));
        if (index >= 0) return (ulong)index;
        table.Add(entry);
        return (ulong)table.Count - 1;
    }

    private byte[] Type(string type)
    {
        var parts = type.Split(':');
        return Join(Number(1, String(parts[0])), Number(2, String(parts[1])));
    }

    private byte[] Sample(string drawing)
    {
        var brace = drawing.IndexOf(" {", StringComparison.Ordinal);
        var labels = brace < 0 ? "" : drawing[(brace + 2)..].TrimEnd('}');
        var text = brace < 0 ? drawing : drawing[..brace];
        var blank = text.LastIndexOf(' ');
        string frames = text[..blank], values = text[(blank + 1)..], span = "", trace = "";
        var attributes = new List<ulong>();
        foreach (var label in labels.Split(", ", StringSplitOptions.RemoveEmptyEntries))
        {
            var (key, value) = (label[..label.IndexOf('=')], label[(label.IndexOf('=') + 1)..]);
            if (key == "span_id") span = value;
            else if (key == "trace_id") trace = value;
            else attributes.Add(Attribute(key, long.TryParse(value, out var number) ? number : value));
        }
        var link = span.Length + trace.Length == 0 ? 0 : Intern(_links, Join(Message(1, Convert.FromHexString(trace)), Message(2, Convert.FromHexString(span))));
        ulong[] numbers = values[0] is 't' or '-' ? [] : [.. values.Split('+').Select(v => unchecked((ulong)long.Parse(v, CultureInfo.InvariantCulture)))];
        var times = values[0] == 't' ? int.Parse(values[1..], CultureInfo.InvariantCulture) : numbers.Length > 1 ? numbers.Length : 0;
        return Join(
            Number(1, Stack(frames)),
            attributes.Count == 0 ? [] : Packed(IsOld ? 3 : 2, [.. attributes]),
            Number(IsOld ? 4 : 3, link),
            numbers.Length == 0 ? [] : Packed(IsOld ? 2 : 4, numbers),
            times == 0 ? [] : Message(5, Join([.. Enumerable.Range(1, times).Select(t => BitConverter.GetBytes((ulong)t))])));
    }

    private ulong Stack(string frames) =>
        frames.Length == 0 ? 0 : Intern(_stacks, Packed(1, [.. frames.Split(';').Reverse().Select(Location)]));

    private ulong Location(string frame)
    {
        if (frame[0] != '@') return Intern(_locations, Message(3, Join(Number(1, Function(frame)), Number(2, 12))));
        if (Mappings.Count == 1)
        {
            Mappings.Add(Join(Number(1, 0x1000), Number(2, 0x9000), Number(4, String("/usr/lib/libc.so.6")), Packed(5,
                Attribute("process.executable.build_id.htlhash", "f11e"), Attribute("process.executable.build_id.gnu", "b0b1"))));
        }
        return Intern(_locations, Join(Number(1, 1), Number(2, Convert.ToUInt64(frame[1..], 16))));
    }

    private ulong Function(string name) => Intern(_functions, Join(Number(1, String(name)), Number(3, String($"{name}.c"))));

    private byte[] KeyValue(string key, object value) => Join(
        key[0] == '#' ? Number(3, String(key[1..])) : Message(1, Encoding.UTF8.GetBytes(key)), Message(2, Value(value)));

    private byte[] Value(object value) => value switch
    {
        string s when s.StartsWith('#') => Number(8, String(s[1..])),
        string s => Message(1, Encoding.UTF8.GetBytes(s)),
        long n => [.. Varint(3 << 3), .. Varint((ulong)n)],
        int n => Value((long)n),
        bool b => Number(2, b ? 1u : 0),
        string[] list => Message(5, Join([.. list.Select(s => Message(1, Value(s)))])),
        _ => throw new ArgumentException($"no attribute of OpenTelemetry: {value}", nameof(value)),
    };
}
