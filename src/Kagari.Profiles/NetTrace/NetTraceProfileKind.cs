namespace Kagari.Profiles;

/// <summary>Kinds of profiles that a trace may hold.</summary>
internal enum NetTraceProfileKind
{
    /// <summary>Time in which threads ran managed code.</summary>
    Cpu,

    /// <summary>Time of all managed threads, whether they ran or waited.</summary>
    Wall,

    /// <summary>Objects and bytes allocated.</summary>
    Alloc,

    /// <summary>How often and how long threads waited for locks.</summary>
    Lock,

    /// <summary>Exceptions thrown, by type.</summary>
    Exception,
}
