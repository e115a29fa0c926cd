using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kagari.Server.Rpc;

namespace Kagari.Server.Snapshots;

/// <summary>A view as the user interface freezes it: where it was, and the answers it was drawn from. The server only checks its form.</summary>
/// <remarks>
/// <code>
/// { "title": "Cart, before the fix", "address": "explore?q=…", "nowMillis": 1767225600000,
///   "parts": [ { "key": "…", "type": "application/json", "body": "…" } ] }
/// </code>
/// What else stands in it is kept too: newer user interfaces may have more to remember.
/// </remarks>
internal sealed record SnapshotDocument(string Id, string Title, int PartCount)
{
    public const int TitleLengthMax = 200, AddressLengthMax = 32_768, PartsMax = 10_000, IdLength = 24;

    private const int NestingMax = 16;

    /// <summary>Reads a document.</summary>
    /// <exception cref="RpcException">It is none; the message names the field.</exception>
    public static SnapshotDocument Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = NestingMax });
            return Read(document.RootElement, IdOf(json.Span));
        }
        catch (JsonException e)
        {
            throw Invalid($"the snapshot is no JSON: {e.Message}");
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, by an escape.
            throw Invalid($"the snapshot has a text that is not valid Unicode ({e.Message})");
        }
    }

    /// <summary>Equal documents have equal ids, so the same view shared twice is one snapshot with one link.</summary>
    public static string IdOf(ReadOnlySpan<byte> json) => Convert.ToHexStringLower(SHA256.HashData(json))[..IdLength];

    /// <summary>Whether a text is an id: it becomes part of a key, so nothing else may pass.</summary>
    public static bool IsId(string text) => text.Length == IdLength && text.AsSpan().IndexOfAnyExcept("0123456789abcdef") < 0;

    private static SnapshotDocument Read(JsonElement root, string id)
    {
        if (root.ValueKind != JsonValueKind.Object) throw Invalid($"the snapshot is a JSON {Name(root.ValueKind)}; expected an object");
        var title = Text(root, "title", "", TitleLengthMax);
        if (Text(root, "address", "", AddressLengthMax).Length == 0) throw Invalid("\"address\" is empty; expected the view's address");
        if (!root.TryGetProperty("nowMillis", out var now) || now.ValueKind != JsonValueKind.Number || !now.TryGetInt64(out _))
            throw Invalid("\"nowMillis\" is required: a whole number, milliseconds since 1970");
        if (!root.TryGetProperty("parts", out var parts) || parts.ValueKind != JsonValueKind.Array) throw Invalid("\"parts\" is required: an array");
        var count = parts.GetArrayLength();
        if (count > PartsMax) throw Invalid($"\"parts\" has {count} entries; the limit is {PartsMax}");
        var at = 0;
        foreach (var part in parts.EnumerateArray())
        {
            var where = $"parts[{at++}].";
            if (part.ValueKind != JsonValueKind.Object) throw Invalid($"\"parts[{at - 1}]\" is a JSON {Name(part.ValueKind)}; expected an object");
            foreach (var field in new[] { "key", "type", "body" }) _ = Text(part, field, where, int.MaxValue);
        }
        return new SnapshotDocument(id, title, count);
    }

    private static string Text(JsonElement element, string field, string where, int lengthMax)
    {
        if (!element.TryGetProperty(field, out var value) || value.ValueKind != JsonValueKind.String) throw Invalid($"\"{where}{field}\" is required: a text");
        var text = value.GetString()!;
        return text.Length <= lengthMax ? text : throw Invalid($"\"{where}{field}\" has {text.Length} characters; the limit is {lengthMax}");
    }

    private static string Name(JsonValueKind kind) => kind.ToString().ToLowerInvariant();

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
