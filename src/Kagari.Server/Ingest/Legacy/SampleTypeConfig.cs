using System.Text.Json;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The <c>sample_type_config</c> part: display names by sample type, which choose the family of the profile.</summary>
internal sealed class SampleTypeConfig
{
    private static readonly SampleTypeConfig Default = new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["samples"] = "cpu", ["goroutine"] = "goroutines", ["contentions"] = "mutex_count", ["delay"] = "mutex_duration",
    });

    private readonly Dictionary<string, string> _displayNames;

    private SampleTypeConfig(Dictionary<string, string> displayNames) => _displayNames = displayNames;

    /// <summary>Whether there is an entry for this sample type.</summary>
    public bool Has(string type) => _displayNames.ContainsKey(type);

    /// <summary>Reads the part; without one the defaults apply.</summary>
    /// <exception cref="JsonException">It is no object of objects.</exception>
    public static SampleTypeConfig Parse(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return Default;
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 8 });
        if (document.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("sample_type_config is no JSON object");
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var type in document.RootElement.EnumerateObject())
        {
            if (type.Value.ValueKind != JsonValueKind.Object) throw new JsonException($"sample_type_config: '{type.Name}' is no JSON object");
            names[type.Name] = type.Value.TryGetProperty("display-name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()! : "";
        }
        return new SampleTypeConfig(names);
    }

    /// <summary>The family (<c>__name__</c>) of a profile with these sample types.</summary>
    public string FamilyOf(IReadOnlyList<string> types)
    {
        if (types.Contains("wall")) return "wall";
        foreach (var type in types)
        {
            var name = _displayNames.GetValueOrDefault(type) is { Length: > 0 } display ? display : type;
            if (name.Contains("cpu")) return "process_cpu";
            if (name.Contains("alloc_") || name.Contains("inuse_") || name is "space" or "objects") return "memory";
            if (name.Contains("mutex_")) return "mutex";
            if (name.Contains("block_")) return "block";
            if (name.Contains("goroutines")) return "goroutines";
        }
        return types.Count == 0 ? "" : types[^1];
    }
}
