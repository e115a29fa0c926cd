namespace Kagari.Profiles;

/// <summary>Reads a file of any form that is known, told by its bytes: names of files say little.</summary>
/// <remarks>Anything may be zipped. Recordings, traces, JSON and perf's text are told by what they start with; the rest is pprof, or folded text.</remarks>
public static class ProfileImport
{
    /// <summary>Samples a second of a recording, which does not say: the profilers' default.</summary>
    private const int JfrSampleRate = 100;

    /// <summary>All profiles of a file may take so many times the limit on its bytes: they are there at once.</summary>
    private const int MemoryFactor = 8;

    /// <summary>More profiles in a file are no recording that somebody wants to choose from.</summary>
    private const int ProfilesMax = 1000;

    /// <summary>Decodes all profiles of a file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="format">What it is; with an error, what it was taken for.</param>
    /// <param name="profiles">At least one.</param>
    /// <param name="error">What the decoder of that form found; for bytes of no known form what those of pprof and folded text did.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> bytes, DecodeLimits limits, out ImportFormat format, out IReadOnlyList<ImportedProfile> profiles, out ProfileError error)
    {
        format = ImportFormat.Pprof;
        profiles = [];
        if (Gunzip.IsGzip(bytes.Span))
        {
            var raw = default(FlatList<byte>);
            using var gunzip = new Gunzip();
            if (!gunzip.TryDecompress(bytes.Span, ref raw, limits.BytesMax, out error)) return false;
            bytes = raw.Memory;
        }
        var read = new List<ImportedProfile>();
        profiles = read;
        format = FormatOf(bytes.Span);
        return format switch
        {
            ImportFormat.Jfr => TryReadJfr(bytes.Span, limits, read, out error),
            ImportFormat.Speedscope => TryReadSpeedscope(bytes, limits, read, out error),
            ImportFormat.V8 => TryAdd(read, V8ProfileReader.TryRead(bytes, New(out var v8), limits, out error), v8),
            ImportFormat.Flamebearer => TryReadFlamebearer(bytes, limits, read, out error),
            ImportFormat.NetTrace => TryReadNetTrace(bytes.Span, limits, read, out error),
            ImportFormat.PerfScript => TryReadPerfScript(bytes.Span, limits, read, out error),
            _ => TryReadPprofOrFolded(bytes.Span, limits, read, ref format, out error),
        };
    }

    private static ImportFormat FormatOf(ReadOnlySpan<byte> bytes) =>
        JfrReader.IsJfr(bytes) ? ImportFormat.Jfr
        : NetTraceReader.IsNetTrace(bytes) ? ImportFormat.NetTrace
        : SpeedscopeReader.IsSpeedscope(bytes) ? ImportFormat.Speedscope
        : FlamebearerReader.IsFlamebearer(bytes) ? ImportFormat.Flamebearer
        : V8ProfileReader.IsV8Profile(bytes) ? ImportFormat.V8
        : PerfScriptReader.IsPerfScript(bytes) ? ImportFormat.PerfScript
        : ImportFormat.Pprof;

    private static bool TryReadJfr(ReadOnlySpan<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, out ProfileError error)
    {
        var reader = new JfrReader();
        if (!reader.TryRead(bytes, default, limits, out error)) return false;
        foreach (var kind in Enum.GetValues<JfrProfileKind>())
        {
            if (!reader.Has(kind)) continue;
            if (!reader.Fill(kind, JfrSampleRate, New(out var profile), out error)) return false;
            (profile.TimeNanos, profile.DurationNanos) = (reader.TimeNanos, reader.DurationNanos);
            into.Add(new ImportedProfile(kind.ToString(), profile) { Family = JfrReader.FamilyOf(kind) });
        }
        error = into.Count == 0 ? ProfileError.Malformed("jfr: there is no sample of CPU, wall time, allocations or locks") : ProfileError.None;
        return !error.IsError;
    }

    private static bool TryReadSpeedscope(ReadOnlyMemory<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, out ProfileError error)
    {
        if (!SpeedscopeReader.TryOpen(bytes, out var reader, out error)) return false;
        var memory = 0L;
        using (reader)
        {
            if (reader.Profiles.Count > ProfilesMax)
            {
                error = ProfileError.Malformed($"speedscope: the file has {reader.Profiles.Count} profiles; the limit is {ProfilesMax}");
                return false;
            }
            foreach (var one in reader.Profiles)
            {
                // As the server's /ingest names them.
                if (!reader.TryRead(one, New(out var profile), limits, out error)) return false;
                var (type, unit) = one.Unit switch { SpeedscopeUnit.Bytes => ("space", "bytes"), SpeedscopeUnit.Nanoseconds => (reader.Profiles.Count == 1 ? "cpu" : "wall", "nanoseconds"), _ => ("samples", "count") };
                SetType(profile, type, unit);
                memory += profile.MemoryBytes;
                if (limits.BytesMax > 0 && memory > MemoryFactor * limits.BytesMax)
                {
                    error = new ProfileError(ProfileErrorKind.TooLarge, $"speedscope: the profiles of the file take more than {MemoryFactor * limits.BytesMax} bytes of memory");
                    return false;
                }
                into.Add(new ImportedProfile(NewName(into, one.Name), profile));
            }
        }
        error = into.Count == 0 ? ProfileError.Malformed("speedscope: there is no profile in it") : ProfileError.None;
        return !error.IsError;
    }

    private static bool TryReadFlamebearer(ReadOnlyMemory<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, out ProfileError error)
    {
        if (!FlamebearerReader.TryRead(bytes, limits, out var profiles, out error)) return false;
        into.AddRange(profiles);
        return true;
    }

    /// <summary>Names tell profiles apart: the second of a name gets a number.</summary>
    private static string NewName(List<ImportedProfile> others, string name)
    {
        var wanted = name;
        for (var number = 2; others.Exists(o => o.Name == wanted); number++) wanted = $"{name} ({number})";
        return wanted;
    }

    private static bool TryReadPerfScript(ReadOnlySpan<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, out ProfileError error)
    {
        if (!PerfScriptReader.TryRead(bytes, limits, out var events, out error)) return false;
        into.AddRange(events.Select(e => new ImportedProfile(e.Name, e.Profile) { Family = FamilyOf(e.Profile) }));
        return true;
    }

    private static bool TryReadNetTrace(ReadOnlySpan<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, out ProfileError error)
    {
        if (!NetTraceProfiles.TryRead(bytes, limits, out var profiles, out _, out error)) return false;
        into.AddRange(profiles);
        return true;
    }

    /// <summary>An event is a family of its own; clocks, and events of which only samples are known, are CPU.</summary>
    private static string FamilyOf(FlatProfile profile) =>
        profile.SampleTypes.Count == 1 || profile.GetString(profile.SampleTypes[1].Type) == "cpu" ? "process_cpu" : profile.GetString(profile.SampleTypes[1].Type);

    private static bool TryReadPprofOrFolded(ReadOnlySpan<byte> bytes, DecodeLimits limits, List<ImportedProfile> into, ref ImportFormat format, out ProfileError error)
    {
        using var reader = new PprofReader();
        if (reader.TryRead(bytes, New(out var profile), limits, out error) && profile.SampleTypes.Count > 0)
        {
            into.Add(new ImportedProfile("", profile));
            return true;
        }
        var pprofError = error.IsError ? error.Message : "a pprof without sample types";
        if (FoldedReader.TryRead(bytes, New(out profile), limits, out error) && profile.Samples.Count > 0)
        {
            format = ImportFormat.Folded;
            SetType(profile, "samples", "count");
            into.Add(new ImportedProfile("", profile));
            return true;
        }
        error = ProfileError.Malformed($"{pprofError}; {(error.IsError ? error.Message : "no line has a stack and a number")}");
        return false;
    }

    private static bool TryAdd(List<ImportedProfile> into, bool isRead, FlatProfile profile)
    {
        if (isRead) into.Add(new ImportedProfile("", profile));
        return isRead;
    }

    private static FlatProfile New(out FlatProfile profile) => profile = new FlatProfile();

    private static void SetType(FlatProfile profile, string type, string unit) =>
        profile.SampleTypes.Add(new ValueType(profile.AddString(type), profile.AddString(unit)));
}
