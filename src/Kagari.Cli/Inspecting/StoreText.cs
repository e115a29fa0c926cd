using System.Text.Json;
using Kagari.Cli.Rendering;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Cli.Inspecting;

/// <summary>A store as text and as JSON.</summary>
internal static class StoreText
{
    public static void Write(StoreView store, TextWriter output)
    {
        foreach (var log in store.Logs)
        {
            output.WriteLine($"{log.Key}: {log.Bytes} bytes, {log.Segments.Count} segments");
            foreach (var segment in log.Segments) Write(segment, output);
        }
        foreach (var (key, report) in store.Blocks) BlockText.Write(key, report, output);
        foreach (var report in store.Reports) output.WriteLine(Say(report));
        var segments = store.Logs.SelectMany(l => l.Segments).ToList();
        var datasets = segments.SelectMany(s => s.Datasets).ToList();
        output.WriteLine(
            $"{store.Logs.Count} log files, {segments.Count} segments, {datasets.Select(d => (d.Entry.Tenant, d.Entry.Service)).Distinct().Count()} services, "
            + $"{datasets.Sum(d => (long)d.Entry.RowCount)} rows, {ByteSize.Format(store.Logs.Sum(l => l.Bytes))}, "
            + $"{store.Blocks.Count} blocks, {ByteSize.Format(store.Blocks.Sum(b => b.Report.Block?.Length ?? 0))}, {store.Blocks.Count(b => b.Report.Faults.Count > 0)} damaged blocks, "
            + $"{store.DamagedSections} damaged sections");
    }

    public static void WriteJson(Utf8JsonWriter json, StoreView store)
    {
        json.WriteStartObject();
        json.WriteStartArray("logs");
        foreach (var log in store.Logs)
        {
            json.WriteStartObject();
            json.WriteString("key", log.Key);
            json.WriteNumber("bytes", log.Bytes);
            json.WriteStartArray("segments");
            foreach (var segment in log.Segments) Write(json, segment);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("blocks");
        foreach (var (key, report) in store.Blocks) BlockText.WriteJson(json, key, report);
        json.WriteEndArray();
        json.WriteStartArray("reports");
        foreach (var report in store.Reports)
        {
            json.WriteStartObject();
            json.WriteString("kind", report.Kind.ToString());
            json.WriteString("key", report.ObjectKey);
            json.WriteNumber("offset", report.Offset);
            json.WriteString("message", Say(report));
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteNumber("damagedSections", store.DamagedSections);
        json.WriteEndObject();
    }

    private static void Write(SegmentView segment, TextWriter output)
    {
        output.WriteLine($"  segment at {segment.Offset}: {segment.Bytes} bytes, {segment.Datasets.Count} datasets");
        foreach (var dataset in segment.Datasets)
        {
            var entry = dataset.Entry;
            output.WriteLine($"    {TerminalText.Clean(entry.Tenant)}/{TerminalText.Clean(entry.Service)} generation {entry.Generation}: {entry.RowCount} rows, {Time(entry.TimeNanosMin)} to {Time(entry.TimeNanosMax)}");
            foreach (var (kind, section, isWhole) in dataset.Sections)
                output.WriteLine($"      {kind.ToString().ToLowerInvariant(),-8} at {section.Offset}: {section.StoredBytes} bytes, {section.RawBytes} raw, {Codec(section)}, checksum {(isWhole ? "ok" : "DIFFERS")}");
        }
    }

    private static void Write(Utf8JsonWriter json, SegmentView segment)
    {
        json.WriteStartObject();
        json.WriteNumber("offset", segment.Offset);
        json.WriteNumber("bytes", segment.Bytes);
        json.WriteStartArray("datasets");
        foreach (var dataset in segment.Datasets)
        {
            json.WriteStartObject();
            json.WriteString("tenant", dataset.Entry.Tenant);
            json.WriteString("service", dataset.Entry.Service);
            json.WriteNumber("generation", dataset.Entry.Generation);
            json.WriteNumber("rows", dataset.Entry.RowCount);
            json.WriteNumber("timeNanosMin", dataset.Entry.TimeNanosMin);
            json.WriteNumber("timeNanosMax", dataset.Entry.TimeNanosMax);
            json.WriteStartArray("sections");
            foreach (var (kind, section, isWhole) in dataset.Sections)
            {
                json.WriteStartObject();
                json.WriteString("kind", kind.ToString().ToLowerInvariant());
                json.WriteNumber("offset", section.Offset);
                json.WriteNumber("storedBytes", section.StoredBytes);
                json.WriteNumber("rawBytes", section.RawBytes);
                json.WriteString("codec", Codec(section));
                json.WriteBoolean("checksumOk", isWhole);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The store's own messages say what it did; here nothing is done.</summary>
    private static string Say(StorageReport report) => report.Kind switch
    {
        StorageReportKind.TornTail => $"{report.ObjectKey} at {report.Offset}: the rest is no whole segment: it is being written, or a crash tore it and the next start cuts it",
        StorageReportKind.ManifestRebuilt => $"{report.ObjectKey} at {report.Offset}: the rest is no whole entry: it is being written, or the next start finds it again in the logs",
        StorageReportKind.Damage => $"{report.ObjectKey} at {report.Offset}: DAMAGED: {report.Message}",
        _ => $"{report.ObjectKey} at {report.Offset}: {report.Message}",
    };

    private static string Codec(in Section section) => Enum.IsDefined(section.Codec) ? section.Codec.ToString().ToLowerInvariant() : $"codec {(int)section.Codec}";

    private static string Time(long nanos) => $"{DateTimeOffset.UnixEpoch.AddTicks(nanos / 100):yyyy-MM-dd'T'HH:mm:ss.fff'Z'}";
}
