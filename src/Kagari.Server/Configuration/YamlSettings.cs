using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration;

/// <summary>Lays a YAML tree over options, strictly: every key must be known.</summary>
/// <param name="table">The settings that may occur.</param>
/// <param name="section">The peer's name of where the tree stands, with a dot at the end; empty for the whole.</param>
/// <param name="place">What the reader sees in front of keys, with a dot at the end.</param>
/// <param name="findings">Gets errors and notices.</param>
internal sealed class YamlSettings<TOptions>(IReadOnlyList<Setting<TOptions>> table, string section, string place, Findings findings)
{
    /// <summary>Edits up to which a key counts as mistyped, even where the peer has a section of that name.</summary>
    private const int TypoDistance = 2;

    private readonly Dictionary<string, Setting<TOptions>> _byKey =
        table.Where(s => s.Key is not null).ToDictionary(s => s.Key!, StringComparer.Ordinal);

    /// <summary>The options with all values of the tree; errors leave the value before.</summary>
    public TOptions Apply(YamlNode root, TOptions options, string file) => Walk(root, "", options, file);

    private TOptions Walk(YamlNode node, string prefix, TOptions options, string file)
    {
        if (YamlText.IsNull(node)) return options;
        if (node is not YamlMappingNode mapping)
        {
            var what = (place + prefix).TrimEnd('.');
            findings.Error($"{file}:{node.Start.Line}: {(what.Length == 0 ? "the file" : $"'{what}'")} must be a section with keys");
            return options;
        }
        foreach (var (keyNode, value) in mapping.Children)
            options = Entry(prefix + ((keyNode as YamlScalarNode)?.Value ?? "?"), keyNode, value, options, file);
        return options;
    }

    private TOptions Entry(string key, YamlNode keyNode, YamlNode value, TOptions options, string file)
    {
        var line = $"{file}:{keyNode.Start.Line}";
        if (_byKey.TryGetValue(key, out var setting))
        {
            // A key without value says nothing, as in Go: the default stays.
            if (YamlText.IsNull(value)) return options;
            if (setting.TryApply(options, value, out var result, out var error)) return result;
            findings.Error($"{line}: {place}{key}: {error}");
            return options;
        }
        if (_byKey.Keys.Any(k => k.StartsWith(key + ".", StringComparison.Ordinal)) || PeerKeys.HasBelow(section + key))
            return Walk(value, key + ".", options, file);

        var nearest = NearestName.Of(key, _byKey.Keys);
        if (PeerKeys.OfKey(section + key) is { } peer && (peer.Key == section + key || NearestName.Distance(key, nearest) > TypoDistance))
        {
            if (peer.IsRefused) findings.Error($"{line}: {peer.Say(place + key)}");
            else findings.Notice($"{line}: {peer.Say(place + key)}");
            return options;
        }
        findings.Error($"{line}: unknown key '{place}{key}'; the nearest known key is '{place}{nearest}'");
        return options;
    }
}
