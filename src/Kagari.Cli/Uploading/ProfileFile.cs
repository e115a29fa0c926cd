using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Kagari.Profiles;

namespace Kagari.Cli.Uploading;

/// <summary>A profile of a file, as it is sent: pprof or folded text, gzip or not.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">As they are on disk, or the pprof that was made of another form.</param>
/// <param name="IsPprof">Else it is folded text: values of an unknown kind.</param>
/// <param name="Profile">Decoded.</param>
internal sealed record ProfileFile(string Path, byte[] Bytes, bool IsPprof, FlatProfile Profile)
{
    /// <summary>What a file with several profiles calls this one; it becomes a label.</summary>
    public string ProfileName { get; private init; } = "";

    /// <summary>The family that the form says; empty where the sample types do.</summary>
    public string Family { get; private init; } = "";

    /// <summary>Who reads local files bounds nothing; the server will.</summary>
    public static DecodeLimits NoLimits { get; } = new() { BytesMax = 0, SamplesMax = 0, SampleLabelsMax = 0, DepthMax = 0, StringBytesMax = 0 };

    /// <summary>Reads and decodes a file with one profile.</summary>
    /// <exception cref="CommandFailedException">It is of no known form, or has several profiles.</exception>
    public static ProfileFile Read(string path)
    {
        var files = DecodeAll(path, ReadBytes(path));
        return files.Count == 1 ? files[0] : throw new CommandFailedException($"'{path}' has {files.Count} profiles; take one of them out with 'kagari convert --profile'");
    }

    /// <summary>What the file that it is of lacks.</summary>
    public IReadOnlyList<string> Diagnostics { get; init; } = [];

    /// <summary>Decodes all profiles of a file.</summary>
    /// <exception cref="CommandFailedException">It is of no known form; says what each decoder found.</exception>
    public static IReadOnlyList<ProfileFile> DecodeAll(string path, byte[] bytes) =>
        TryDecodeAll(path, bytes, out var files, out var error) ? files : throw new CommandFailedException(error);

    /// <summary>Reads a file.</summary>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"'{path}' cannot be read: {e.Message}");
        }
    }

    /// <summary>Decodes bytes with one profile.</summary>
    public static bool TryDecode(string path, byte[] bytes, [NotNullWhen(true)] out ProfileFile? file, [NotNullWhen(false)] out string? error)
    {
        file = TryDecodeAll(path, bytes, out var files, out error) && files.Count == 1 ? files[0] : null;
        if (file is null) error ??= $"'{path}' has {files!.Count} profiles";
        return file is not null;
    }

    private static bool TryDecodeAll(string path, byte[] bytes, [NotNullWhen(true)] out IReadOnlyList<ProfileFile>? files, [NotNullWhen(false)] out string? error)
    {
        files = null;
        if (!ProfileImport.TryRead(bytes, NoLimits, out var format, out var profiles, out var fault))
        {
            error = format == ImportFormat.Pprof ? $"'{path}' is of no known form: {fault.Message}" : $"'{path}' cannot be read: {fault.Message}";
            return false;
        }
        error = null;
        // What servers take as it is stays as it is; everything else travels as pprof.
        files = format is ImportFormat.Pprof or ImportFormat.Folded
            ? [new ProfileFile(path, bytes, format == ImportFormat.Pprof, profiles[0].Profile)]
            : [.. profiles.Select(p => new ProfileFile(profiles.Count == 1 ? path : $"{path} ({p.Name})", Pprof(p.Profile), IsPprof: true, p.Profile) { ProfileName = profiles.Count == 1 ? "" : p.Name, Family = p.Family, Diagnostics = p.Diagnostics })];
        return true;
    }

    private static byte[] Pprof(FlatProfile profile)
    {
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.WriteGzip(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    /// <summary>Sum of a column of values.</summary>
    public long Total(int column)
    {
        var columns = Math.Max(Profile.SampleTypes.Count, 1);
        var total = 0L;
        for (var i = column; i < Profile.Values.Count; i += columns) total += Profile.Values[i];
        return total;
    }

    /// <summary>Type and unit of a column of values.</summary>
    public (string Type, string Unit) TypeOf(int column) =>
        IsPprof ? (Profile.GetString(Profile.SampleTypes[column].Type), Profile.GetString(Profile.SampleTypes[column].Unit)) : ("samples", "count");

    /// <summary>The column of a sample type; for null the one that the profile prefers, else its last one, as pprof chooses.</summary>
    /// <exception cref="CommandFailedException">The profile does not have it.</exception>
    public int ColumnOf(string? sampleType)
    {
        if (!IsPprof) return 0;
        var types = Enumerable.Range(0, Profile.SampleTypes.Count).Select(i => TypeOf(i).Type).ToList();
        if (sampleType is null && Profile.DefaultSampleType != 0) sampleType = Profile.GetString(Profile.DefaultSampleType);
        else if (sampleType is null) return types.Count - 1;
        var column = types.IndexOf(sampleType);
        return column >= 0 ? column : throw new CommandFailedException($"'{Path}' has no sample type '{sampleType}'; it has {string.Join(", ", types)}");
    }
}
