using System.Text.Json;
using Kagari.Profiles;

namespace Kagari.Cli.Uploading;

/// <summary>What was sent of one file.</summary>
internal sealed record UploadSummary(string File, string Family, int Samples, long Bytes, IReadOnlyList<UploadedType> Types)
{
    /// <summary>Of a pprof, or of folded text whose values are samples of <paramref name="family"/>.</summary>
    public static UploadSummary Of(ProfileFile file, string family)
    {
        var types = Enumerable.Range(0, Math.Max(file.Profile.SampleTypes.Count, 1))
            .Select(i => new UploadedType(file.TypeOf(i).Type, file.TypeOf(i).Unit, file.Total(i)));
        return new UploadSummary(file.Path, family, file.Profile.Samples.Count, file.Bytes.LongLength, [.. types]);
    }

    /// <summary>One line.</summary>
    public override string ToString() =>
        $"{File}: {Family}, {Samples} samples, {ByteSize.Format(Bytes)}: {string.Join(", ", Types.Select(t => $"{t.Type} {t.Text}"))}";

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("file", File);
        json.WriteString("name", Family);
        json.WriteNumber("samples", Samples);
        json.WriteNumber("bytes", Bytes);
        json.WriteStartArray("types");
        foreach (var type in Types)
        {
            json.WriteStartObject();
            json.WriteString("type", type.Type);
            json.WriteString("unit", type.Unit);
            json.WriteNumber("total", type.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

/// <summary>A sample type and the sum of its values.</summary>
internal readonly record struct UploadedType(string Type, string Unit, long Total)
{
    /// <summary>The sum as people read it.</summary>
    public string Text => ValueText.Format(Total, Unit);
}
