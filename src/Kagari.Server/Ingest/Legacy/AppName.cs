using Kagari.Profiles;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The <c>name</c> parameter of <c>/ingest</c>: <c>app{key=value,key2=value2}</c>, without quotes.</summary>
internal sealed record AppName(string Service, IReadOnlyList<Label> Labels)
{
    /// <summary>Reads a name; quotes stay part of a value and a pair without its closing brace is dropped, as in the peer.</summary>
    /// <exception cref="FormatException">With the reason.</exception>
    public static AppName Parse(string text)
    {
        var brace = text.IndexOf('{');
        var service = (brace < 0 ? text : text[..brace]).Trim();
        if (service.Length == 0) throw new FormatException($"invalid service name: '{service}': it is empty");
        foreach (var c in service)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.' or '-' or '/'))
                throw new FormatException($"invalid service name: '{service}': character is not allowed: '{c}'");
        var labels = new List<Label>();
        if (brace >= 0) ReadPairs(text.AsSpan(brace + 1), labels);
        return new AppName(service, labels);
    }

    private static void ReadPairs(ReadOnlySpan<char> text, List<Label> labels)
    {
        while (true)
        {
            var end = text.IndexOfAny(',', '}');
            if (end < 0) return;   // the closing brace is missing
            var pair = text[..end];
            var closed = text[end] == '}';
            text = text[(end + 1)..];
            if (pair.Trim().Length > 0 || !closed) AddPair(pair, labels);
            if (closed) return;
        }
    }

    private static void AddPair(ReadOnlySpan<char> pair, List<Label> labels)
    {
        var equals = pair.IndexOf('=');
        var key = (equals < 0 ? pair : pair[..equals]).Trim().ToString();
        if (key.Length == 0) throw new FormatException("invalid tag: its key is empty");
        foreach (var c in key)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '.'))
                throw new FormatException($"invalid tag key: '{key}': character is not allowed: '{c}'");
        if (key == LabelNames.Name) throw new FormatException($"invalid tag key: '{key}' is reserved");
        if (equals < 0) throw new FormatException($"invalid tag: '{key}' has no value");
        labels.RemoveAll(l => l.Name == key);
        labels.Add(new Label(key, pair[(equals + 1)..].Trim().ToString()));
    }
}
