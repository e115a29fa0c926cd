using Kagari.Profiles;

namespace Kagari.Cli.Uploading;

/// <summary>A file with one profile: pprof or folded text, gzip or not.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Bytes">As they are on disk.</param>
/// <param name="IsPprof">Else it is folded text: values of an unknown kind.</param>
/// <param name="Profile">Decoded.</param>
internal sealed record ProfileFile(string Path, byte[] Bytes, bool IsPprof, FlatProfile Profile)
{
    /// <summary>Who reads local files bounds nothing; the server will.</summary>
    public static DecodeLimits NoLimits { get; } = new() { BytesMax = 0, SamplesMax = 0, SampleLabelsMax = 0, DepthMax = 0, StringBytesMax = 0 };

    /// <summary>Reads and decodes a file.</summary>
    /// <exception cref="CommandFailedException">It is neither; says what each decoder found.</exception>
    public static ProfileFile Read(string path) => Decode(path, ReadBytes(path));

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

    /// <summary>Decodes a file.</summary>
    /// <exception cref="CommandFailedException">It is neither; says what each decoder found.</exception>
    public static ProfileFile Decode(string path, byte[] bytes) =>
        TryDecode(path, bytes, out var file, out var error) ? file
        : throw new CommandFailedException(JfrFile.IsJfr(bytes)
            ? $"'{path}' is a JFR recording, which has several profiles; send it with 'kagari upload' and ask the server"
            : $"'{path}' is neither pprof nor folded text: {error}");

    /// <summary>Decodes bytes.</summary>
    public static bool TryDecode(
        string path, byte[] bytes,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ProfileFile? file,
        [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? error)
    {
        file = null;
        error = null;
        var profile = new FlatProfile();
        using var reader = new PprofReader();
        if (reader.TryRead(bytes, profile, NoLimits, out var pprofError) && profile.SampleTypes.Count > 0)
        {
            file = new ProfileFile(path, bytes, IsPprof: true, profile);
            return true;
        }
        var text = default(FlatList<byte>);
        var foldedError = ProfileError.None;
        using var gunzip = new Gunzip();
        if (!Gunzip.IsGzip(bytes)) text.AddRange(bytes);
        else if (!gunzip.TryDecompress(bytes, ref text, bytesMax: 0, out foldedError)) error = foldedError.Message;
        if (error is null && FoldedReader.TryRead(text.Span, profile, NoLimits, out foldedError) && profile.Samples.Count > 0)
        {
            file = new ProfileFile(path, bytes, IsPprof: false, profile);
            return true;
        }
        error ??= $"{(pprofError.IsError ? pprofError.Message : "a pprof without sample types")}; {(foldedError.IsError ? foldedError.Message : "no line has a stack and a number")}";
        return false;
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
