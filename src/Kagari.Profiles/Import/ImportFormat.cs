namespace Kagari.Profiles;

/// <summary>Forms of profiles that files have.</summary>
public enum ImportFormat
{
    /// <summary>pprof, gzip or not.</summary>
    Pprof,

    /// <summary>Folded stacks: <c>a;b;c 12</c> per line.</summary>
    Folded,

    /// <summary>A recording of the JDK Flight Recorder.</summary>
    Jfr,

    /// <summary>JSON of speedscope.</summary>
    Speedscope,

    /// <summary><c>.cpuprofile</c> and <c>.heapprofile</c>.</summary>
    V8,

    /// <summary>JSON of <c>/pyroscope/render</c>.</summary>
    Flamebearer,

    /// <summary>What <c>perf script</c> prints.</summary>
    PerfScript,

    /// <summary>A trace of the .NET runtime, as <c>dotnet-trace</c> writes it.</summary>
    NetTrace,
}
