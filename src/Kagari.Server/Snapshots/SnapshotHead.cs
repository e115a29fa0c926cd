using System.Text.Json;

namespace Kagari.Server.Snapshots;

/// <summary>What a list shows of a snapshot; stored beside it, so that listing reads no snapshot.</summary>
/// <param name="Id">Of its content.</param>
/// <param name="Title">What its maker called it.</param>
/// <param name="CreatedMillis">When it was first made.</param>
/// <param name="Bytes">Its length as JSON.</param>
internal sealed record SnapshotHead(string Id, string Title, long CreatedMillis, long Bytes)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Null where the bytes are none.</summary>
    public static SnapshotHead? FromJson(byte[] json)
    {
        try
        {
            return JsonSerializer.Deserialize<SnapshotHead>(json, Options) is { Id: not null, Title: not null } head ? head : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
