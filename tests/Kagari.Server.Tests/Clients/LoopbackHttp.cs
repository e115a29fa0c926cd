using System.Net;
using System.Text;

namespace Kagari.Server.Tests.Clients;

/// <summary>One request to a <see cref="LoopbackHttp"/>.</summary>
internal sealed record LoopbackRequest(string Method, string PathAndQuery, System.Collections.Specialized.NameValueCollection Headers, string Body);

/// <summary>A real HTTP server on loopback that answers as a test says: the place of servers on the internet.</summary>
internal sealed class LoopbackHttp : IAsyncDisposable
{
    private readonly HttpListener _listener;
    private readonly Task _loop;

    public LoopbackHttp(Func<LoopbackRequest, (int Status, byte[] Body)> answer)
    {
        // A free port: the first that lets itself be bound.
        for (var port = 20_000 + (Environment.ProcessId % 10_000); ; port++)
        {
            // One that could not be bound is of no use any more.
            _listener = new HttpListener();
            _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
            try
            {
                _listener.Start();
                Url = $"http://127.0.0.1:{port}";
                break;
            }
            catch (HttpListenerException)
            {
                // Taken: the next one.
            }
        }
        _loop = Task.Run(() => ServeAsync(answer));
    }

    public LoopbackHttp(Func<LoopbackRequest, (int Status, string Body)> answer)
        : this(request => answer(request) is var (status, body) ? (status, Encoding.UTF8.GetBytes(body)) : default)
    {
    }

    /// <summary>Without a slash at its end.</summary>
    public string Url { get; }

    public List<string> Paths { get; } = [];

    /// <summary>What the first answer says of itself.</summary>
    public string? ContentEncodingOfFirst { get; init; }

    public async ValueTask DisposeAsync()
    {
        // Not Stop first: Close after it would bind the port again to remove itself from it, and another test may have it by then.
        _listener.Close();
        await _loop;
    }

    private async Task ServeAsync(Func<LoopbackRequest, (int Status, byte[] Body)> answer)
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or InvalidOperationException)
            {
                return;
            }
            using var reader = new StreamReader(context.Request.InputStream);
            // As it was sent: what is escaped must stay so.
            var request = new LoopbackRequest(context.Request.HttpMethod, context.Request.RawUrl!, context.Request.Headers, await reader.ReadToEndAsync());
            Paths.Add(request.PathAndQuery);
            var (status, body) = answer(request);
            context.Response.StatusCode = status;
            if (Paths.Count == 1 && ContentEncodingOfFirst is { } encoding) context.Response.Headers["Content-Encoding"] = encoding;
            await context.Response.OutputStream.WriteAsync(body);
            context.Response.Close();
        }
    }
}
