namespace Kagari.Profiles;

/// <summary>Label names with a meaning of their own.</summary>
/// <remarks>Those that start with two underscores are private: set by the server or by agents, queryable all the same.</remarks>
public static class LabelNames
{
    /// <summary>The family of the profile, as <c>process_cpu</c>.</summary>
    public const string Name = "__name__";

    /// <summary>Sample type, as <c>cpu</c>.</summary>
    public const string Type = "__type__";

    /// <summary>Sample unit, as <c>nanoseconds</c>.</summary>
    public const string Unit = "__unit__";

    /// <summary>Period type, as <c>cpu</c>.</summary>
    public const string PeriodType = "__period_type__";

    /// <summary>Period unit, as <c>nanoseconds</c>.</summary>
    public const string PeriodUnit = "__period_unit__";

    /// <summary>The whole <see cref="ProfileTypeId"/>.</summary>
    public const string ProfileType = "__profile_type__";

    /// <summary>Private copy of <see cref="ServiceName"/>.</summary>
    public const string PrivateServiceName = "__service_name__";

    /// <summary>The service: required, and the partition key of the storage.</summary>
    public const string ServiceName = "service_name";

    /// <summary>Where the source code of the service is.</summary>
    public const string ServiceRepository = "service_repository";

    /// <summary>The commit, branch or tag of it that runs.</summary>
    public const string ServiceGitRef = "service_git_ref";

    /// <summary>The folder of the service in its repository.</summary>
    public const string ServiceRootPath = "service_root_path";

    /// <summary><c>false</c>: values are no cumulative counters. Never stored.</summary>
    public const string Delta = "__delta__";

    /// <summary>Hint on label order. Never stored.</summary>
    public const string Order = "__order__";

    /// <summary>Session of an SDK. Dropped unless sessions are asked for.</summary>
    public const string SessionId = "__session_id__";

    /// <summary>The family before default relabelling.</summary>
    public const string NameReplaced = "__name_replaced__";

    /// <summary>The SDK that sent the profile.</summary>
    public const string Spy = "pyroscope_spy";

    /// <summary>Sample label: 16 hex digits; stays on the sample.</summary>
    public const string SpanId = "span_id";

    /// <summary>Sample label: 32 hex digits; stays on the sample.</summary>
    public const string TraceId = "trace_id";

    /// <summary>Older name of <see cref="SpanId"/>.</summary>
    public const string ProfileId = "profile_id";

    /// <summary>The service of profiles that name none.</summary>
    public const string UnknownService = "unknown_service";
}
