using System.Text.Json;
using Kagari.Profiles;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The <c>sample_type_config</c> part: display names by sample type, which choose the family of the profile.</summary>
internal sealed class SampleTypeConfig
{
    private static readonly SampleTypeConfig Default = new(ProfileFamily.DefaultDisplayNames);

    private readonly IReadOnlyDictionary<string, string> _displayNames;

    private SampleTypeConfig(IReadOnlyDictionary<string, string> displayNames) => _displayNames = displayNames;

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
    public string FamilyOf(IReadOnlyList<string> types) => ProfileFamily.Of(types, _displayNames);
}
