using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Kagari.Cli.Connection;

/// <summary>Calls a server: Connect with protobuf bodies, and plain HTTP.</summary>
internal sealed class ServerConnection : IDisposable
{
    /// <summary>Smaller bodies do not pay for being compressed.</summary>
    private const int GzipBytesMin = 1024;

    /// <summary>A query may scan months.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    private readonly HttpClient _http;
    private readonly string _base;

    /// <summary>A connection; nothing is sent yet.</summary>
    public ServerConnection(ServerAddress address)
    {
        _base = address.Url.ToString().TrimEnd('/');
        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.GZip, AllowAutoRedirect = false, SslOptions = ClientTls.Of(address.Tls) };
        _http = new HttpClient(handler) { Timeout = Timeout };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("kagari");
        // Without it, servers hide label names that are not of Prometheus' older alphabet.
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "*/*; allow-utf8-labelnames=true");
        if (address.Tenant is { } tenant) _http.DefaultRequestHeaders.TryAddWithoutValidation("X-Scope-OrgID", tenant);
        if (address.Token is { } token) _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        else if (address.Username is { } user)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{address.Password}")));
    }

    /// <summary>A method of the query service.</summary>
    public async Task<TResponse> QueryAsync<TResponse>(string method, IMessage request, MessageParser<TResponse> parser, CancellationToken cancellation)
        where TResponse : IMessage<TResponse> =>
        parser.ParseFrom(await CallAsync($"querier.v1.QuerierService/{method}", request.ToByteArray(), isCompressed: false, cancellation));

    /// <summary>A Connect call; the bytes of the answer.</summary>
    /// <param name="method">Service and method.</param>
    /// <param name="request">The message.</param>
    /// <param name="isCompressed">Whether most of the message is compressed already.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <exception cref="ServerException">It did not succeed.</exception>
    public Task<byte[]> CallAsync(string method, byte[] request, bool isCompressed, CancellationToken cancellation)
    {
        var gzip = !isCompressed && request.Length >= GzipBytesMin;
        var content = new ByteArrayContent(gzip ? Gzip(request) : request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/proto");
        if (gzip) content.Headers.ContentEncoding.Add("gzip");
        return SendAsync($"{_base}/{method}", content, cancellation);
    }

    /// <summary>A plain POST; the bytes of the answer.</summary>
    /// <exception cref="ServerException">It did not succeed.</exception>
    public Task<byte[]> PostAsync(string pathAndQuery, byte[] body, string contentType, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return SendAsync(_base + pathAndQuery, content, cancellation);
    }

    /// <summary>A plain POST of a file as it is read: it may be larger than memory.</summary>
    /// <exception cref="ServerException">It did not succeed.</exception>
    public async Task PostFileAsync(string path, string file, CancellationToken cancellation)
    {
        await using var stream = File.OpenRead(file);
        var content = new StreamContent(stream);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        await SendAsync(_base + path, content, cancellation);
    }

    /// <summary>A plain POST of a form with one file; the bytes of the answer.</summary>
    /// <exception cref="ServerException">It did not succeed.</exception>
    public Task<byte[]> PostFormAsync(string pathAndQuery, string part, byte[] file, CancellationToken cancellation)
    {
        var content = new ByteArrayContent(file);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return SendAsync(_base + pathAndQuery, new MultipartFormDataContent { { content, part, part } }, cancellation);
    }

    /// <summary>A plain GET whose answer is copied as it comes: it may be larger than memory.</summary>
    /// <exception cref="ServerException">It did not succeed, or ended early.</exception>
    public async Task CopyAsync(string pathAndQuery, Stream into, CancellationToken cancellation)
    {
        var url = _base + pathAndQuery;
        try
        {
            using var response = await _http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (!response.IsSuccessStatusCode)
                throw new ServerException($"GET {url}: {(int)response.StatusCode} {response.ReasonPhrase}: {Message(await response.Content.ReadAsByteArrayAsync(cancellation))}");
            await using var body = await response.Content.ReadAsStreamAsync(cancellation);
            await body.CopyToAsync(into, cancellation);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            var isDown = e is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
            throw new ServerException($"GET {url}: {Words(e)}{(isDown ? " Is the server running? See --url." : "")}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerException($"GET {url}: no answer within {Timeout.TotalMinutes:0} minutes", e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<byte[]> SendAsync(string url, HttpContent content, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
            request.Headers.TryAddWithoutValidation("Connect-Protocol-Version", "1");
            using var response = await _http.SendAsync(request, cancellation);
            var body = await response.Content.ReadAsByteArrayAsync(cancellation);
            if (response.IsSuccessStatusCode) return body;
            throw new ServerException($"POST {url}: {(int)response.StatusCode} {response.ReasonPhrase}: {Message(body)}");
        }
        catch (HttpRequestException e)
        {
            throw new ServerException($"POST {url}: {Words(e)}{(e.HttpRequestError == HttpRequestError.ConnectionError ? " Is the server running? See --url." : "")}", e);
        }
        catch (TaskCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new ServerException($"POST {url}: no answer within {Timeout.TotalMinutes:0} minutes", e);
        }
    }

    /// <summary>What is wrong with TLS stands one exception deeper.</summary>
    private static string Words(Exception e) => e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError, InnerException: { } inner } ? $"{e.Message} {inner.Message}" : e.Message;

    /// <summary>The message of Connect's error object, else the beginning of whatever came.</summary>
    private static string Message(byte[] body)
    {
        const int LengthMax = 500;
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message))
                return (json.RootElement.TryGetProperty("code", out var code) ? $"{code}: " : "") + message;
        }
        catch (JsonException)
        {
            // A proxy's page, or text.
        }
        var text = Encoding.UTF8.GetString(body).Trim();
        return text.Length == 0 ? "(no message)" : text.Length > LengthMax ? text[..LengthMax] + "…" : text;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
