using Kagari.Profiles;

namespace Kagari.Cli.Uploading;

/// <summary>A file with a recording of the JDK Flight Recorder, gzip or not: several profiles.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">As they are on disk; the server decodes them itself.</param>
/// <param name="TimeNanos">When it was begun, nanoseconds since 1970.</param>
/// <param name="DurationNanos">How long it lasted.</param>
/// <param name="Profiles">What is in it, with the family of each.</param>
internal sealed record JfrFile(string Path, byte[] Bytes, long TimeNanos, long DurationNanos, IReadOnlyList<(string Family, ProfileFile File)> Profiles)
{
    /// <summary>Whether bytes start as a recording does, or as gzip of one.</summary>
    public static bool IsJfr(ReadOnlySpan<byte> bytes)
    {
        if (!Gunzip.IsGzip(bytes)) return JfrReader.IsJfr(bytes);
        var start = default(FlatList<byte>);
        using var gunzip = new Gunzip();
        // A few bytes are enough; that there are more is no error here.
        gunzip.TryDecompress(bytes, ref start, bytesMax: 4, out _);
        return JfrReader.IsJfr(start.Span);
    }

    /// <summary>Decodes a recording.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="bytes">As they are on disk.</param>
    /// <param name="sampleRate">Samples a second.</param>
    /// <exception cref="CommandFailedException">It is broken, or has no samples.</exception>
    public static JfrFile Decode(string path, byte[] bytes, int sampleRate)
    {
        var plain = default(FlatList<byte>);
        using var gunzip = new Gunzip();
        if (!Gunzip.IsGzip(bytes)) plain.AddRange(bytes);
        else if (!gunzip.TryDecompress(bytes, ref plain, bytesMax: 0, out var damage)) throw Broken(damage);
        var reader = new JfrReader();
        if (!reader.TryRead(plain.Span, default, ProfileFile.NoLimits, out var error)) throw Broken(error);

        var profiles = new List<(string, ProfileFile)>();
        foreach (var kind in Enum.GetValues<JfrProfileKind>())
        {
            if (!reader.Has(kind)) continue;
            var profile = new FlatProfile();
            if (!reader.Fill(kind, sampleRate, profile, out error)) throw Broken(error);
            profiles.Add((JfrReader.FamilyOf(kind), new ProfileFile(path, bytes, IsPprof: true, profile)));
        }
        return profiles.Count > 0
            ? new JfrFile(path, bytes, reader.TimeNanos, reader.DurationNanos, profiles)
            : throw new CommandFailedException($"'{path}' is a JFR recording without samples of CPU, wall time, allocations or locks");

        CommandFailedException Broken(ProfileError error) => new($"'{path}' is a JFR recording that cannot be read: {error.Message}");
    }
}
