using System.Text.Json;
using Kagari.Server.Hosting;
using Kagari.Storage;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Admin;

/// <summary>What is stored, object by object.</summary>
internal sealed class BlockAnswers(EmbeddedStorage storage)
{
    /// <summary>Services that are named; of more only the number.</summary>
    private const int ServicesMax = 20;

    private static readonly string[] s_kinds = ["log", "block", "rollup"];

    public Action<Utf8JsonWriter> Prepare(HttpContext http, AdminScope scope)
    {
        var (tenant, service) = (AdminParameters.Text(http, "tenant"), AdminParameters.Text(http, "service"));
        var (kind, level) = (AdminParameters.Choice(http, "kind", s_kinds), AdminParameters.Number(http, "level", 0, 9));
        var (offset, limit) = (AdminParameters.Offset(http), AdminParameters.Limit(http));
        var all = Logs().Concat(storage.Catalogue.Blocks().Select(Of)).Where(b => scope.Sees(b.Tenant)).ToList();
        var found = all.Where(b => (tenant is null || b.Tenant == tenant) && (kind is null || b.Kind == kind) && (level is null || b.Level == level)
            && (service is null || b.Services.Contains(service, StringComparer.Ordinal)))
            .OrderByDescending(b => b.TimeNanosMax).ThenBy(b => b.Key, StringComparer.Ordinal).ThenBy(b => b.Tenant, StringComparer.Ordinal).ToList();
        return json =>
        {
            json.WriteNumber("count"u8, all.Count);
            json.WriteNumber("matchCount"u8, found.Count);
            json.WriteNumber("bytes"u8, found.Sum(b => b.Bytes));
            json.WriteNumber("rows"u8, found.Sum(b => b.Rows));
            json.WriteStartArray("blocks"u8);
            foreach (var block in found.Skip(offset).Take(limit)) Write(json, block);
            json.WriteEndArray();
        };
    }

    /// <summary>A log file has profiles of all tenants: here it is one object for each.</summary>
    private IEnumerable<StoredObject> Logs() =>
        storage.Catalogue.Segments().SelectMany(s => s.Datasets.Select(d => (s.ObjectKey, Dataset: d))).GroupBy(d => (d.ObjectKey, d.Dataset.Tenant))
            .Select(g => new StoredObject(
                g.Key.ObjectKey, g.Key.Tenant, "log", 0, 0, null, g.Min(d => d.Dataset.TimeNanosMin), g.Max(d => d.Dataset.TimeNanosMax),
                [.. g.Select(d => d.Dataset.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                g.Sum(d => (long)d.Dataset.RowCount), g.Sum(d => d.Dataset.Sections.Sum(s => (long)s.StoredBytes))));

    private static StoredObject Of(BlockEntry block) => new(
        block.Key, block.Tenant, block.IsRollup ? "rollup" : "block", block.Level, block.ResolutionNanos / 1_000_000_000, block.Window, block.TimeNanosMin, block.TimeNanosMax,
        [.. block.Datasets.Select(d => d.Service).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], block.Datasets.Sum(d => (long)d.RowCount), block.Length);

    private void Write(Utf8JsonWriter json, StoredObject block)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, block.Key);
        json.WriteString("tenant"u8, block.Tenant);
        json.WriteString("kind"u8, block.Kind);
        json.WriteNumber("level"u8, block.Level);
        if (block.Kind == "rollup") json.WriteNumber("resolutionSeconds"u8, block.ResolutionSeconds);
        if (block.Window is { } window)
        {
            json.WriteNumber("windowStartMillis"u8, window.StartNanos / 1_000_000);
            json.WriteNumber("windowEndMillis"u8, window.EndNanos / 1_000_000);
        }
        json.WriteNumber("firstMillis"u8, block.TimeNanosMin / 1_000_000);
        json.WriteNumber("lastMillis"u8, block.TimeNanosMax / 1_000_000);
        json.WriteNumber("serviceCount"u8, block.Services.Count);
        json.WriteStartArray("services"u8);
        foreach (var service in block.Services.Take(ServicesMax)) json.WriteStringValue(service);
        json.WriteEndArray();
        json.WriteNumber("rows"u8, block.Rows);
        json.WriteNumber("bytes"u8, block.Bytes);
        if (storage.WrittenAt(block.Key) is { } written) json.WriteNumber("createdMillis"u8, written.ToUnixTimeMilliseconds());
        else json.WriteNull("createdMillis"u8);
        json.WriteEndObject();
    }

    private sealed record StoredObject(
        string Key, string Tenant, string Kind, int Level, long ResolutionSeconds, TimeWindow? Window, long TimeNanosMin, long TimeNanosMax,
        IReadOnlyList<string> Services, long Rows, long Bytes);
}
