using Kagari.Server.Configuration;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Vcs.Finding;

/// <summary>One entry of <c>.pyroscope.yaml</c> in a repository: where files of these paths or functions come from.</summary>
/// <param name="Paths">Prefixes of paths in profiles.</param>
/// <param name="Functions">Prefixes of function names.</param>
/// <param name="LocalPath">A folder of this repository; null where it is another one.</param>
/// <param name="Repository">The other repository on the same host, as <c>owner/name</c>.</param>
/// <param name="Reference">Its branch, tag or commit.</param>
/// <param name="Path">Its folder.</param>
internal sealed record SourceMapping(
    IReadOnlyList<string> Paths, IReadOnlyList<string> Functions, string? LocalPath, string Repository, string Reference, string Path)
{
    /// <summary>The file that says so.</summary>
    public const string FileName = ".pyroscope.yaml";

    /// <summary>The entries of a file; what cannot be read is left out: it is the repository's, not the server's.</summary>
    public static IReadOnlyList<SourceMapping> Read(string yaml)
    {
        if (!YamlText.TryParse(yaml, out var root, out _) || Find(root, "source_code", "mappings") is not YamlSequenceNode entries) return [];
        var mappings = new List<SourceMapping>();
        foreach (var entry in entries)
        {
            var local = Text(Find(entry, "source", "local", "path"));
            var owner = Text(Find(entry, "source", "github", "owner"));
            var name = Text(Find(entry, "source", "github", "repo"));
            if (local is null && (owner is null || name is null)) continue;
            mappings.Add(new SourceMapping(
                Prefixes(Find(entry, "path")), Prefixes(Find(entry, "function_name")), local, $"{owner}/{name}",
                Text(Find(entry, "source", "github", "ref")) ?? "HEAD", Text(Find(entry, "source", "github", "path")) ?? ""));
        }
        return mappings;
    }

    /// <summary>How many characters of a path this entry names; −1 where it is about others.</summary>
    public int Match(string path, string function)
    {
        var longest = -1;
        foreach (var prefix in Paths)
            if (path.StartsWith(prefix, StringComparison.Ordinal)) longest = Math.Max(longest, prefix.Length);
        foreach (var prefix in Functions)
            if (function.StartsWith(prefix, StringComparison.Ordinal)) longest = Math.Max(longest, prefix.Length);
        return longest;
    }

    /// <summary>The path in the source, without the prefix that named it.</summary>
    public string PathOf(string path)
    {
        var prefix = Paths.Where(p => path.StartsWith(p, StringComparison.Ordinal)).MaxBy(p => p.Length) ?? "";
        return $"{LocalPath ?? Path}/{path[prefix.Length..]}".Trim('/').Replace("//", "/", StringComparison.Ordinal);
    }

    private static YamlNode? Find(YamlNode? node, params string[] path)
    {
        foreach (var name in path)
            node = node is YamlMappingNode map && map.Children.FirstOrDefault(c => c.Key is YamlScalarNode key && key.Value == name).Value is { } found ? found : null;
        return node;
    }

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value;

    private static List<string> Prefixes(YamlNode? node) =>
        node is YamlSequenceNode list ? [.. list.Select(p => Text(Find(p, "prefix"))).OfType<string>()] : [];
}
