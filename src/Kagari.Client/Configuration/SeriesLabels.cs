using System.Collections.Frozen;
using System.Reflection;
using Kagari.Profiles;

namespace Kagari.Client.Configuration;

/// <summary>The labels that all profiles of this process have.</summary>
/// <remarks>
/// Names are those of pyroscope-dotnet, with its <c>spy_name</c>, so that dashboards and tools that look for .NET find it;
/// the scope says that this profiler is another one.
/// </remarks>
internal static class SeriesLabels
{
    public const string SpyName = "dotnetspy", Scope = "com.kagari/dotnet", Runtime = ".NET";

    /// <summary>The version of this package, as <c>0.1.0</c>.</summary>
    public static string Version { get; } =
        (typeof(SeriesLabels).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0").Split('+')[0];

    /// <summary>Names that the profiler sets, with underscores for dots: labels of people cannot have them.</summary>
    /// <remarks>The last four are labels of samples, which a label of all profiles would hide.</remarks>
    public static FrozenSet<string> Own { get; } = FrozenSet.Create(StringComparer.Ordinal,
        "spy_name", LabelNames.Spy, "otel_scope_name", "otel_scope_version", "process_runtime_name", "process_runtime_version",
        LabelNames.SpanId, LabelNames.TraceId, LabelNames.ProfileId, "span_name");

    /// <summary>The labels of a series, sorted by name.</summary>
    /// <param name="options">With a name of the service and cleaned labels, as <see cref="OptionsLoader"/> leaves them.</param>
    /// <param name="profileName">The family, as <c>process_cpu</c>.</param>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(KagariOptions options, string profileName)
    {
        var labels = new List<KeyValuePair<string, string>>(options.Labels)
        {
            new(LabelNames.Name, profileName),
            new(LabelNames.ServiceName, string.IsNullOrEmpty(options.ServiceName) ? LabelNames.UnknownService : options.ServiceName),
            new("spy_name", SpyName),
            new("otel.scope.name", Scope),
            new("otel.scope.version", Version),
            new("process.runtime.name", Runtime),
            new("process.runtime.version", Environment.Version.ToString()),
        };
        labels.Sort((a, b) => string.CompareOrdinal(a.Key, b.Key));
        return labels;
    }
}
