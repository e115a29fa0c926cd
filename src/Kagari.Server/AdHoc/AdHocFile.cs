using System.Text.Json;

namespace Kagari.Server.AdHoc;

/// <summary>An uploaded file as it is stored: JSON, as the peer stores it.</summary>
/// <param name="Name">The name that its sender gave it.</param>
/// <param name="Data">The file.</param>
/// <param name="UploadedAt">When.</param>
internal sealed record AdHocFile(string Name, byte[] Data, DateTimeOffset UploadedAt)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <exception cref="JsonException">The bytes are none.</exception>
    public static AdHocFile FromJson(byte[] json) => JsonSerializer.Deserialize<AdHocFile>(json, Options) is { Name: not null, Data: not null } file ? file : throw new JsonException("a field is missing");
}
