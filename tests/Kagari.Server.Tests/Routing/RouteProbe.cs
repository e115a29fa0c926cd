using System.Net.Http.Headers;
using System.Text;

namespace Kagari.Server.Tests.Routing;

/// <summary>One request with the status that it must get.</summary>
internal sealed record RouteProbe(int Status, string Method, string Path, byte[]? Body = null, string ContentType = "application/json")
{
    /// <summary>Whether it asks a server without any profile.</summary>
    public bool OnEmptyServer { get; init; }

    /// <summary>A cookie that goes with it.</summary>
    public string? Cookie { get; init; }

    /// <summary>Under which name later probes ask for the id that its answer has.</summary>
    public string? Gives { get; init; }

    /// <param name="given">Ids by the names that stand for them.</param>
    public HttpRequestMessage ToRequest(Dictionary<string, string> given)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), given.Aggregate(Path, (p, g) => p.Replace(g.Key, g.Value)));
        if (Cookie is not null) request.Headers.TryAddWithoutValidation("Cookie", Cookie);
        if (Body is null) return request;
        var body = Body.Length < 1000 ? Encoding.Latin1.GetBytes(given.Aggregate(Encoding.Latin1.GetString(Body), (b, g) => b.Replace(g.Key, g.Value))) : Body;
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(ContentType);
        return request;
    }

    public static RouteProbe Json(int status, string path, string json) => new(status, "POST", path, Encoding.UTF8.GetBytes(json));
}
