using System.Text.Json;

namespace Kagari.Server.Snapshots;

/// <summary>Writes what is known of a snapshot into the object that is open.</summary>
internal static class SnapshotJson
{
    public static void Write(Utf8JsonWriter json, SnapshotHead head)
    {
        json.WriteString("id"u8, head.Id);
        json.WriteString("title"u8, head.Title);
        json.WriteNumber("createdMillis"u8, head.CreatedMillis);
        json.WriteNumber("bytes"u8, head.Bytes);
    }
}
