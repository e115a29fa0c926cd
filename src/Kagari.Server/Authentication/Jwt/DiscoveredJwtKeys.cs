using System.Text;
using System.Text.Json;

namespace Kagari.Server.Authentication.Jwt;

/// <summary>Keys that the issuer publishes (OpenID Connect Discovery 1.0 §4): asked for when they are needed, and kept.</summary>
/// <remarks>
/// Whoever sends tokens with invented names of keys makes the server ask once a minute, not once a token. An issuer that cannot be
/// reached costs nothing as long as the keys that are known suffice.
/// </remarks>
internal sealed class DiscoveredJwtKeys : IJwtKeys
{
    private const int AnswerBytesMax = 1 << 20;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>The least time between two questions, and the time after which keys that the issuer withdrew are forgotten.</summary>
    private static readonly TimeSpan Least = TimeSpan.FromMinutes(1), Most = TimeSpan.FromMinutes(15);

    private readonly string _issuer;
    private readonly TimeProvider _time;
    private readonly Action<string> _report;
    private readonly HttpClient _http;
    private readonly Lock _gate = new();
    private Task? _asking;
    private DateTimeOffset _asked = DateTimeOffset.MinValue;
    private volatile JwtKeySet? _keys;
    private string? _problem;

    public DiscoveredJwtKeys(string issuer, TimeProvider time, Action<string> report)
    {
        (_issuer, _time, _report) = (issuer, time, report);
        // An issuer that sends us elsewhere is not the one that was configured.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    public async ValueTask<JwtKeySet?> FindAsync(string? keyId, CancellationToken cancellation)
    {
        var keys = _keys;
        var isKnown = keys?.Has(keyId) == true;
        var asking = AskIfDue(isKnown ? Most : Least);
        // Keys that are known serve while newer ones are fetched.
        if (!isKnown) await asking.WaitAsync(cancellation);
        return _keys;
    }

    public void Dispose() => _http.Dispose();

    private Task AskIfDue(TimeSpan age)
    {
        lock (_gate)
        {
            if (_asking is { IsCompleted: false }) return _asking;
            var now = _time.GetUtcNow();
            if (now - _asked < age) return Task.CompletedTask;
            _asked = now;
            return _asking = Task.Run(AskAsync);
        }
    }

    private async Task AskAsync()
    {
        string? problem;
        try
        {
            problem = await ReadAsync();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JsonException or InvalidOperationException or ObjectDisposedException or UriFormatException)
        {
            problem = e is OperationCanceledException ? $"no answer within {Timeout.TotalSeconds:0} s" : e.Message;
        }
        // Once per problem: an issuer may be away for hours.
        if (problem is not null && problem != _problem) _report($"The keys of issuer {_issuer} cannot be read; those that are known stay: {problem}");
        _problem = problem;
    }

    /// <summary>Takes the keys, or says why not.</summary>
    private async Task<string?> ReadAsync()
    {
        var about = $"{_issuer.TrimEnd('/')}/.well-known/openid-configuration";
        using var document = JsonDocument.Parse(await GetAsync(about));
        // Discovery §4.3: another issuer could otherwise lend its keys.
        if (Text(document, "issuer") != _issuer) return $"{about} is about issuer '{Text(document, "issuer")}'";
        if (!Uri.TryCreate(Text(document, "jwks_uri"), UriKind.Absolute, out var address)) return $"{about} has no jwks_uri";
        if (address.Scheme != Uri.UriSchemeHttps && (address.Scheme != Uri.UriSchemeHttp || _issuer.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            return $"{about} names keys at {address}, which is not https";
        if (!JwtKeySet.TryRead(await GetAsync(address.ToString()), out var keys, out var error)) return $"{address}: {error}";
        _keys = keys;
        return null;
    }

    private async Task<string> GetAsync(string url)
    {
        using var response = await _http.GetAsync(url);
        if (!response.IsSuccessStatusCode) throw new HttpRequestException($"{url} answers {(int)response.StatusCode}");
        return Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync());
    }

    private static string? Text(JsonDocument json, string name) =>
        json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
