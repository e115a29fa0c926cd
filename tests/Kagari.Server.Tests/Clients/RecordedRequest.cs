using System.Net.Http.Headers;
using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>One request of a real client, byte for byte, from <c>clients/</c> of the shared data, and the status that the peer gave.</summary>
internal sealed record RecordedRequest(string Name, string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, int Status)
{
    /// <summary>All requests of one client, in the order in which it sent them.</summary>
    public static RecordedRequest[] Of(string client) =>
        [.. Directory.GetFiles(System.IO.Path.Combine(Repository.Shared("clients"), client), "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>A parameter of the query.</summary>
    public string this[string parameter] => System.Web.HttpUtility.ParseQueryString(Path[Path.IndexOf('?')..])[parameter] ?? "";

    /// <summary>The request again; the client library adds nothing but the host.</summary>
    public HttpRequestMessage ToMessage()
    {
        var message = new HttpRequestMessage(HttpMethod.Post, Path) { Content = new ByteArrayContent(Body) };
        foreach (var (name, value) in Headers)
        {
            if (name.ToLowerInvariant() is "host" or "content-length" or "connection" or "transfer-encoding") continue;
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content.Headers.TryAddWithoutValidation(name, value);
        }
        return message;
    }

    /// <summary>The profile in the body: the part <c>profile</c> of a form, else the body itself.</summary>
    public byte[] Pprof => Part("profile") ?? Body;

    /// <summary>The content of a part of a form; null without it.</summary>
    public byte[]? Part(string name)
    {
        var contentType = Headers.First(h => h.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)).Value;
        if (MediaTypeHeaderValue.Parse(contentType).Parameters.FirstOrDefault(p => p.Name == "boundary")?.Value is not { } boundary) return null;
        var body = (ReadOnlySpan<byte>)Body;
        var head = System.Text.Encoding.ASCII.GetBytes($"name=\"{name}\"");
        var at = body.IndexOf(head);
        if (at < 0) return null;
        var content = body[at..];
        content = content[(content.IndexOf("\r\n\r\n"u8) + 4)..];
        return content[..content.IndexOf(System.Text.Encoding.ASCII.GetBytes($"\r\n--{boundary}"))].ToArray();
    }

    private static RecordedRequest Read(string file)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var root = document.RootElement;
        root.GetProperty("method").GetString().ShouldBe("POST");
        return new RecordedRequest(
            System.IO.Path.GetFileName(file), root.GetProperty("path").GetString()!,
            [.. root.GetProperty("headers").EnumerateObject().Select(h => (h.Name, h.Value.GetString()!))],
            root.GetProperty("bodyBase64").GetBytesFromBase64(), root.GetProperty("status").GetInt32());
    }
}
