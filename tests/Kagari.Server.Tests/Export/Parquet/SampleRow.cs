using System.Buffers;
using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Tests.Export.Parquet;

/// <summary>A sample as tests write it down.</summary>
internal sealed record SampleRow(long TimeNanos, LabelSet Labels, string[] Stack, long Self)
{
    public const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    /// <summary>Labels of a stored series.</summary>
    public static LabelSet Series(params (string Name, string Value)[] labels) =>
        LabelSet.Of([new Label(LabelNames.ProfileType, Cpu), new Label(LabelNames.ServiceName, "shop"), .. labels.Select(l => new Label(l.Name, l.Value))]);

    /// <summary>Writes a file of rows. Names and series change their owners after every <paramref name="datasetRows"/> rows.</summary>
    public static byte[] Write(IReadOnlyList<SampleRow> rows, ParquetCodec? codec = null, ParquetLimits? limits = null, int datasetRows = int.MaxValue)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new ParquetSampleWriter(output, codec ?? PageCompressor.Preferred, limits ?? new ParquetLimits());
        foreach (var dataset in rows.Chunk(Math.Min(datasetRows, Math.Max(1, rows.Count))))
        {
            var names = new NameTable();
            foreach (var name in dataset.SelectMany(r => r.Stack)) names.Intern(name);
            var series = dataset.Select(r => r.Labels).Distinct().ToDictionary(l => l, l => new ExportedSeries(l));
            foreach (var row in dataset)
                writer.Write(new ExportedSample(row.TimeNanos, series[row.Labels], names.View(), [.. row.Stack.Select(n => names.Intern(n))], row.Self));
        }
        writer.Finish();
        return output.WrittenSpan.ToArray();
    }
}
