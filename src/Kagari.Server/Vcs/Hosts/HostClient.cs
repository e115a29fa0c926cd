using System.Net;
using System.Text.Json;
using Kagari.Server.Rpc;

namespace Kagari.Server.Vcs.Hosts;

/// <summary>Asks hosts of source code, with bounds, and turns their refusals into errors of ours.</summary>
internal sealed class HostClient : IDisposable
{
    private const int AnswerBytesMax = 8 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    // An answer that points elsewhere could point inward.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.All })
    {
        Timeout = Timeout,
        MaxResponseContentBufferSize = AnswerBytesMax,
    };

    public void Dispose() => _http.Dispose();

    /// <summary>The body of an answer; null for 404.</summary>
    public async Task<byte[]?> FindAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        var host = request.RequestUri!.Authority;
        request.Headers.TryAddWithoutValidation("User-Agent", "kagari");
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            return (int)answer.StatusCode switch
            {
                200 => await answer.Content.ReadAsByteArrayAsync(cancellation),
                404 or 422 => null,   // GitHub's answer to a ref that cannot be one
                401 => throw new RpcException(RpcCode.Unauthenticated, $"{host} does not know who asks: log in again"),
                403 or 429 => throw new RpcException(RpcCode.PermissionDenied, $"{host} refuses ({(int)answer.StatusCode}): no access, or its rate limit is reached"),
                var status => throw new RpcException(RpcCode.Unavailable, $"{host} answers {status}"),
            };
        }
        catch (HttpRequestException e)
        {
            throw new RpcException(RpcCode.Unavailable, $"{host} cannot be asked: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new RpcException(RpcCode.Unavailable, $"{host} has not answered within {Timeout.TotalSeconds:0} s", e);
        }
    }

    /// <summary>The same where the body is JSON.</summary>
    public async Task<JsonElement?> FindJsonAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (await FindAsync(request, cancellation) is not { } body) return null;
        try
        {
            return JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException e)
        {
            throw new RpcException(RpcCode.Unavailable, $"{request.RequestUri!.Authority} answers with what is no JSON: {e.Message}", e);
        }
    }

    /// <summary>A text of an object, as <c>commit.author.date</c>; empty where it is not there.</summary>
    public static string Text(JsonElement json, string path)
    {
        foreach (var name in path.Split('.'))
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json)) return "";
        return json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
    }

    /// <summary>Each part of a path escaped.</summary>
    /// <exception cref="RpcException">A part leads elsewhere: addresses are brought into shape before they are sent.</exception>
    public static string Escape(string path) => string.Join('/', Checked(path).Split('/').Select(Uri.EscapeDataString));

    /// <summary>A path in one part, as <c>a%2Fb</c>.</summary>
    /// <exception cref="RpcException">A part leads elsewhere.</exception>
    public static string EscapeWhole(string path) => Uri.EscapeDataString(Checked(path));

    private static string Checked(string path) =>
        path.Split('/').Any(p => p is "" or "." or "..") ? throw new RpcException(RpcCode.InvalidArgument, $"'{path}' is no path in a repository, and no name of a commit") : path;
}
