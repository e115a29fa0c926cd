namespace Kagari.Client.Configuration;

/// <summary>What OpenTelemetry's variables say about the service: defaults for its name and two labels.</summary>
/// <remarks><c>service.instance.id</c> and the like are left out: a label per process makes many small series.</remarks>
internal static class ResourceAttributes
{
    private static readonly string[] LabelsOf = ["service.namespace", "service.version"];

    public static string? ServiceName(Func<string, string?> environment)
    {
        if (environment("OTEL_SERVICE_NAME")?.Trim() is { Length: > 0 } name) return name;
        return Read(environment).LastOrDefault(a => a.Key == "service.name").Value;
    }

    public static void AddLabels(KagariOptions options, Func<string, string?> environment)
    {
        foreach (var (name, value) in Read(environment))
            if (LabelsOf.Contains(name)) options.Labels[name] = value;
    }

    /// <summary>Pairs <c>name=value</c> with commas, values percent-encoded. What is no pair is OpenTelemetry's to complain about.</summary>
    private static IEnumerable<KeyValuePair<string, string>> Read(Func<string, string?> environment)
    {
        foreach (var part in (environment("OTEL_RESOURCE_ATTRIBUTES") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=');
            if (at <= 0) continue;
            var value = Uri.UnescapeDataString(part[(at + 1)..].Trim());
            if (value.Length > 0) yield return new(part[..at].Trim(), value);
        }
    }
}
