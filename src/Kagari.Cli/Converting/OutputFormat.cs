namespace Kagari.Cli.Converting;

/// <summary>What <c>kagari convert</c> writes.</summary>
internal enum OutputFormat
{
    Pprof,
    Collapsed,
    Svg,
    Dot,
    Json,
}

/// <summary>Chooses by the name of the file.</summary>
internal static class OutputFormats
{
    private static readonly (string Suffix, OutputFormat Format)[] BySuffix =
    [
        (".pb.gz", OutputFormat.Pprof), (".pb", OutputFormat.Pprof), (".pprof", OutputFormat.Pprof), (".pprof.gz", OutputFormat.Pprof),
        (".folded", OutputFormat.Collapsed), (".collapsed", OutputFormat.Collapsed), (".txt", OutputFormat.Collapsed),
        (".svg", OutputFormat.Svg), (".dot", OutputFormat.Dot), (".json", OutputFormat.Json),
    ];

    /// <summary>The suffixes that are known, for messages.</summary>
    public static string Known { get; } = string.Join(", ", BySuffix.Select(s => s.Suffix));

    public static OutputFormat? Of(string path)
    {
        foreach (var (suffix, format) in BySuffix)
            if (path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) return format;
        return null;
    }
}
