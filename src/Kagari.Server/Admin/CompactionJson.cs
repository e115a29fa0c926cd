using System.Text.Json;
using Kagari.Storage;

namespace Kagari.Server.Admin;

/// <summary>Compaction as JSON. Jobs of logs are about all tenants: those who see only some of them see numbers.</summary>
internal static class CompactionJson
{
    public static void Write(Utf8JsonWriter json, AdminScope scope, CompactionStatus status, IReadOnlyList<FinishedJob> done)
    {
        bool sees(CompactionTask task) => task.Tenant.Length == 0 || scope.Sees(task.Tenant);
        if (status.Running is { } running && sees(running.Task))
        {
            json.WriteStartObject("running"u8);
            WriteTask(json, running.Task);
            json.WriteNumber("startedMillis"u8, running.StartedAt.ToUnixTimeMilliseconds());
            json.WriteStartObject("lease"u8);
            json.WriteNumber("epoch"u8, running.Lease.Epoch);
            json.WriteNumber("untilMillis"u8, running.Lease.Until.ToUnixTimeMilliseconds());
            json.WriteEndObject();
            json.WriteEndObject();
        }
        else json.WriteNull("running"u8);
        done = [.. done.Where(d => d.Tenants.Count == 0 || d.Tenants.Any(scope.Sees))];
        Levels(json, status, done, sees);
        WriteArray(json, "waiting"u8, status.Waiting.Where(sees), static (j, task) => WriteTask(j, task));
        WriteArray(json, "failed"u8, status.Failed.Where(f => sees(f.Task)), (j, failed) =>
        {
            WriteTask(j, failed.Task);
            j.WriteNumber("failures"u8, failed.Failures);
            j.WriteNumber("failedMillis"u8, failed.FailedAt.ToUnixTimeMilliseconds());
            j.WriteNumber("retryMillis"u8, failed.NotBefore.ToUnixTimeMilliseconds());
            // A reason may name objects of any tenant.
            j.WriteString("reason"u8, scope.IsAll || failed.Task.Tenant.Length > 0 ? failed.Reason : "only those who see all tenants see why");
        });
        WriteArray(json, "done"u8, done, (j, finished) =>
        {
            j.WriteNumber("finishedMillis"u8, finished.At.ToUnixTimeMilliseconds());
            WriteArrayOfTexts(j, "tenants"u8, finished.Tenants.Where(scope.Sees));
            j.WriteNumber("level"u8, finished.Level);
            j.WriteNumber("sources"u8, finished.Sources);
            j.WriteNumber("blocks"u8, finished.Blocks);
            j.WriteNumber("rows"u8, finished.Rows);
            j.WriteNumber("duplicateRows"u8, finished.DuplicateRows);
            j.WriteNumber("sourceBytes"u8, finished.SourceBytes);
            j.WriteNumber("writtenBytes"u8, finished.WrittenBytes);
            j.WriteNumber("millis"u8, (long)finished.Elapsed.TotalMilliseconds);
        });
    }

    private static void Levels(Utf8JsonWriter json, CompactionStatus status, IReadOnlyList<FinishedJob> done, Func<CompactionTask, bool> sees)
    {
        json.WriteStartArray("levels"u8);
        for (var level = 1; level <= 3; level++)
        {
            json.WriteStartObject();
            json.WriteNumber("level"u8, level);
            json.WriteNumber("waiting"u8, status.Waiting.Count(t => t.Level == level && sees(t)));
            json.WriteNumber("failed"u8, status.Failed.Count(f => f.Task.Level == level && sees(f.Task)));
            json.WriteNumber("done"u8, done.Count(d => d.Level == level));
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteTask(Utf8JsonWriter json, CompactionTask task)
    {
        json.WriteString("id"u8, task.Id);
        json.WriteString("tenant"u8, task.Tenant);
        json.WriteNumber("level"u8, task.Level);
        if (task.Window is { } window)
        {
            json.WriteNumber("windowStartMillis"u8, window.StartNanos / 1_000_000);
            json.WriteNumber("windowEndMillis"u8, window.EndNanos / 1_000_000);
        }
        json.WriteNumber("logs"u8, task.LogCount);
        json.WriteNumber("blocks"u8, task.BlockCount);
        json.WriteNumber("bytes"u8, task.Bytes);
    }

    private static void WriteArray<T>(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteArrayOfTexts(Utf8JsonWriter json, ReadOnlySpan<byte> name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
