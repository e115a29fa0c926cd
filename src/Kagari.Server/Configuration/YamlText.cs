using System.Diagnostics.CodeAnalysis;
using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration;

/// <summary>YAML texts and their trees.</summary>
internal static class YamlText
{
    /// <summary>Nobody writes deeper by hand.</summary>
    private const int DepthMax = 64;

    /// <summary>Reads one document; an empty text is a null scalar. The error names line and column.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out YamlNode? root, [NotNullWhen(false)] out string? error)
    {
        root = null;
        error = null;
        try
        {
            // The reader of trees calls itself for each level, and a stack that overflows ends the process.
            if (DepthOf(text) > DepthMax)
            {
                error = $"has more than {DepthMax} levels";
                return false;
            }
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count > 1) error = $"has {stream.Documents.Count} documents; expected one";
            else root = stream.Documents.Count == 0 ? new YamlScalarNode("") : stream.Documents[0].RootNode;
        }
        catch (YamlException e)
        {
            error = $"line {e.Start.Line}, column {e.Start.Column}: {(e.InnerException ?? e).Message}";
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or InvalidCastException or FormatException or OverflowException)
        {
            // Found by fuzzing: some texts that are no YAML make the library fail in its own ways.
            error = $"cannot be read: {e.Message}";
        }
        return error is null;
    }

    private static int DepthOf(string text)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, most) = (0, 0);
        while (most <= DepthMax && parser.MoveNext())
        {
            depth += parser.Current is MappingStart or SequenceStart ? 1 : parser.Current is MappingEnd or SequenceEnd ? -1 : 0;
            most = Math.Max(most, depth);
        }
        return most;
    }

    /// <summary>Whether a node says nothing: <c>key:</c>, <c>~</c>, <c>null</c>.</summary>
    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any, Value: null or "" or "~" or "null" or "Null" or "NULL" };

    /// <summary>A tree in one line of flow style; all texts in double quotes, so that every value survives.</summary>
    public static string Inline(YamlNode node) => node switch
    {
        YamlSequenceNode list => $"[{string.Join(", ", list.Select(Inline))}]",
        YamlMappingNode map => $"{{{string.Join(", ", map.Children.Select(c => $"{Key(Scalar(c.Key))}: {Inline(c.Value)}"))}}}",
        _ => Quote(Scalar(node)),
    };

    /// <summary>A text in double quotes.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (char.IsControl(c)) quoted.Append($"\\u{(int)c:x4}");
            else quoted.Append(c);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>Keys of settings are words and stay bare; names that users give may be anything.</summary>
    private static string Key(string text) => text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') ? text : Quote(text);

    private static string Scalar(YamlNode node) => (node as YamlScalarNode)?.Value ?? "";
}
