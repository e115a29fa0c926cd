namespace Kagari.Profiles;

/// <summary>The profiles of a whole trace file: CPU, wall time, allocations, locks, exceptions, as far as it has them.</summary>
/// <remarks>What becomes of which event: docs/formats/nettrace.md.</remarks>
public static class NetTraceProfiles
{
    /// <summary>Reads a file.</summary>
    /// <param name="bytes">The file, not zipped.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="profiles">At least one: <c>cpu</c>, <c>wall</c>, <c>alloc</c>, <c>lock</c>, <c>exception</c>, in this order. The same texts as in <paramref name="diagnostics"/> are their comments.</param>
    /// <param name="diagnostics">What the trace lacks: its end, events that were lost.</param>
    /// <param name="error">What is wrong, and where.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, DecodeLimits limits, out IReadOnlyList<ImportedProfile> profiles, out IReadOnlyList<string> diagnostics, out ProfileError error)
    {
        profiles = [];
        diagnostics = [];
        if (limits.BytesMax > 0 && bytes.Length > limits.BytesMax)
        {
            error = new ProfileError(ProfileErrorKind.TooLarge, $"nettrace: the file of {bytes.Length} bytes exceeds the limit of {limits.BytesMax} bytes");
            return false;
        }
        var collector = new NetTraceCollector();
        var reader = new NetTraceReader(collector);
        if (!reader.TryRead(bytes, out error)) return false;
        diagnostics = Diagnose(reader, collector, bytes.Length);
        var builder = new NetTraceProfileBuilder(collector, limits);
        var read = new List<ImportedProfile>();
        foreach (var kind in Enum.GetValues<NetTraceProfileKind>())
        {
            if (collector.SamplesOf(kind).IsEmpty) continue;
            if (!builder.TryBuild(kind, out var profile, out error)) return false;
            foreach (var diagnostic in diagnostics) profile.Comments.Add(profile.AddString(diagnostic));
            var type = NetTraceProfileType.Of(kind);
            read.Add(new ImportedProfile(type.Name, profile) { Family = type.Family, Diagnostics = diagnostics });
        }
        profiles = read;
        if (read.Count == 0) error = ProfileError.Malformed($"nettrace: there is no sample of CPU, allocations, locks or exceptions{string.Concat(diagnostics.Select(d => "; " + d))}");
        return read.Count > 0;
    }

    private static List<string> Diagnose(NetTraceReader reader, NetTraceCollector collector, int bytes)
    {
        var found = new List<string>();
        if (!reader.IsComplete) found.Add($"the trace ends at byte {bytes} without its end; what came whole, up to byte {reader.Position}, is here, names of methods may be missing");
        if (reader.LostEvents > 0) found.Add($"the process lost {reader.LostEvents} events, because its buffers were full");
        if (reader.UnknownBlocks > 0) found.Add($"{reader.UnknownBlocks} blocks are of unknown kinds and were passed over");
        if (collector.Malformed > 0) found.Add($"{collector.Malformed} events are shorter than their kind is and were passed over");
        return found;
    }
}
