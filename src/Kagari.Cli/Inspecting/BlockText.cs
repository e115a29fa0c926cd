using System.Globalization;
using System.Text.Json;
using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Cli.Inspecting;

/// <summary>A block as text and as JSON.</summary>
internal static class BlockText
{
    public static void Write(string key, BlockReport report, TextWriter output)
    {
        if (report.Block is { } block)
        {
            var what = block.IsRollup ? $"rollup of {block.ResolutionNanos / 1_000_000_000} s" : "profiles";
            output.WriteLine($"{key}: {ByteSize.Format(block.Length)}, level {block.Level}, {what}, tenant {TerminalText.Clean(block.Tenant)}");
            output.WriteLine($"  window {Time(block.Window.StartNanos)} to {Time(block.Window.EndNanos)}; rows {Time(block.TimeNanosMin)} to {Time(block.TimeNanosMax)}");
            output.WriteLine($"  job {block.Origin.JobId:x32}, block {block.Origin.Ordinal}{(block.Origin.IsLast ? " (last)" : "")}, made of {block.Origin.Sources.Count} objects");
            output.WriteLine($"  {block.Datasets.Count} datasets; tenant index {block.Index.StoredBytes} bytes, sums per function {block.Functions.StoredBytes} bytes");
            foreach (var dataset in block.Datasets) Write(block, dataset, output);
        }
        foreach (var fault in report.Faults) output.WriteLine($"  DAMAGED: {fault}");
        if (report.Faults.Count == 0) output.WriteLine("  checked: every checksum, every section; rows, tiles and sums agree");
    }

    public static void WriteJson(Utf8JsonWriter json, string key, BlockReport report)
    {
        json.WriteStartObject();
        json.WriteString("key", key);
        if (report.Block is { } block)
        {
            json.WriteNumber("bytes", block.Length);
            json.WriteString("tenant", block.Tenant);
            json.WriteNumber("level", block.Level);
            json.WriteNumber("resolutionSeconds", block.ResolutionNanos / 1_000_000_000);
            json.WriteNumber("windowStartNanos", block.Window.StartNanos);
            json.WriteNumber("windowEndNanos", block.Window.EndNanos);
            json.WriteString("job", block.Origin.JobId.ToString("x32", CultureInfo.InvariantCulture));
            json.WriteStartArray("sources");
            foreach (var source in block.Origin.Sources) json.WriteStringValue(source);
            json.WriteEndArray();
            json.WriteStartArray("datasets");
            foreach (var dataset in block.Datasets) Write(json, block, dataset);
            json.WriteEndArray();
        }
        json.WriteStartArray("faults");
        foreach (var fault in report.Faults) json.WriteStringValue(fault);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(BlockEntry block, BlockDatasetEntry dataset, TextWriter output)
    {
        output.WriteLine(
            $"  {TerminalText.Clean(dataset.Service)}: {dataset.RowCount} rows, {dataset.CellCount} cells, {dataset.StackCount} stacks, "
            + $"{ByteSize.Format(dataset.StoredBytes)}, {(double)dataset.StoredBytes / Math.Max(1, dataset.CellCount):f2} bytes a cell");
        foreach (var (type, total) in dataset.Types) output.WriteLine($"    {TerminalText.Clean(block.Types[type])}: {total}");
        foreach (var kind in Enum.GetValues<BlockSectionKind>())
            output.WriteLine($"    {kind.ToString().ToLowerInvariant(),-8} at {dataset[kind].Offset}: {dataset[kind].StoredBytes} bytes, {dataset[kind].RawBytes} raw");
    }

    private static void Write(Utf8JsonWriter json, BlockEntry block, BlockDatasetEntry dataset)
    {
        json.WriteStartObject();
        json.WriteString("service", dataset.Service);
        json.WriteNumber("rows", dataset.RowCount);
        json.WriteNumber("cells", dataset.CellCount);
        json.WriteNumber("stacks", dataset.StackCount);
        json.WriteNumber("timeNanosMin", dataset.TimeNanosMin);
        json.WriteNumber("timeNanosMax", dataset.TimeNanosMax);
        json.WriteStartObject("types");
        foreach (var (type, total) in dataset.Types) json.WriteNumber(block.Types[type], total);
        json.WriteEndObject();
        json.WriteStartObject("sectionBytes");
        foreach (var kind in Enum.GetValues<BlockSectionKind>()) json.WriteNumber(kind.ToString().ToLowerInvariant(), dataset[kind].StoredBytes);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Time(long nanos) => $"{DateTimeOffset.UnixEpoch.AddTicks(nanos / 100):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
}
