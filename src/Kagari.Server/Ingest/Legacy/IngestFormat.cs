namespace Kagari.Server.Ingest.Legacy;

/// <summary>How the body of an <c>/ingest</c> request is to be read.</summary>
internal enum IngestFormat
{
    /// <summary><c>a;b;c 12</c> per line.</summary>
    Groups,

    /// <summary>One stack per line.</summary>
    Lines,

    /// <summary>Binary prefix tree.</summary>
    Trie,

    /// <summary>Binary tree.</summary>
    Tree,

    /// <summary>Raw pprof.</summary>
    Pprof,

    /// <summary>Form with a pprof part.</summary>
    PprofForm,

    /// <summary>JSON with any number of profiles.</summary>
    Speedscope,

    /// <summary>JFR recording, raw or in a form with labels.</summary>
    Jfr,
}

/// <summary>Chooses the format as the peer does: the parameter first, then the content type.</summary>
internal static class IngestFormats
{
    public static IngestFormat Of(string format, string contentType) => format switch
    {
        "trie" => IngestFormat.Trie,
        "tree" => IngestFormat.Tree,
        "lines" => IngestFormat.Lines,
        "jfr" => IngestFormat.Jfr,
        "speedscope" => IngestFormat.Speedscope,
        "pprof" => IngestFormat.Pprof,
        _ when contentType == "binary/octet-stream+trie" => IngestFormat.Trie,
        _ when contentType == "binary/octet-stream+tree" => IngestFormat.Tree,
        _ when contentType.Contains("multipart/form-data", StringComparison.OrdinalIgnoreCase) => IngestFormat.PprofForm,
        _ => IngestFormat.Groups,
    };
}
