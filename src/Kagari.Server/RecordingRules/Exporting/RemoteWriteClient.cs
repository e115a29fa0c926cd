using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using IronSnappy;
using Kagari.Server.Hosting;
using Kagari.Server.Tenancy;
using Kagari.Wire.Prometheus;

namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>Sends samples by Prometheus' remote write 1.0: a protobuf message in Snappy's block format.</summary>
/// <remarks>prometheus.io/docs/specs/prw/remote_write_spec. The answer decides: 2xx has them; see <see cref="Outcome"/>.</remarks>
internal sealed class RemoteWriteClient : IDisposable
{
    private const int ErrorCharactersMax = 300;

    private readonly HttpClient _http;
    private readonly Uri _address;
    private readonly AuthenticationHeaderValue? _basic;
    private readonly string _tokenFile;
    private readonly bool _namesTenant;
    private readonly TimeProvider _time;

    public RemoteWriteClient(MetricsExporterOptions options, bool namesTenant, TimeProvider time)
    {
        var address = new UriBuilder(options.RemoteWriteAddress);
        if (address.UserName.Length > 0)
        {
            var login = $"{Uri.UnescapeDataString(address.UserName)}:{Uri.UnescapeDataString(address.Password)}";
            _basic = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(login)));
            (address.UserName, address.Password) = ("", "");
        }
        (_address, _tokenFile, _namesTenant, _time) = (address.Uri, options.BearerTokenFile, namesTenant, time);
        // A redirect would carry a password elsewhere, and turns POST into GET.
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = options.Timeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = options.Timeout };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"kagari-metrics-exporter/{BuildInfo.Version.Split('+')[0]}");
    }

    /// <summary>Where it sends, without a password.</summary>
    public Uri Address => _address;

    public async Task<RemoteWriteAnswer> SendAsync(string tenant, WriteRequest request, CancellationToken cancellation)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, _address) { Content = new ByteArrayContent(Snappy.Encode(request.ToByteArray())) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
        message.Content.Headers.ContentEncoding.Add("snappy");
        message.Headers.Add("X-Prometheus-Remote-Write-Version", "0.1.0");
        if (_namesTenant) message.Headers.Add(TenantId.Header, tenant);
        try
        {
            message.Headers.Authorization = _tokenFile.Length == 0 ? _basic : new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(_tokenFile, cancellation)).Trim());
            using var answer = await _http.SendAsync(message, cancellation);
            if (answer.IsSuccessStatusCode) return RemoteWriteAnswer.Taken;
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            return new RemoteWriteAnswer(OutcomeOf(answer.StatusCode), ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture), text[..Math.Min(text.Length, ErrorCharactersMax)].Trim(), RetryAfter(answer));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or FormatException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return new RemoteWriteAnswer(Outcome.Later, "connection", e.Message, null);
        }
    }

    public void Dispose() => _http.Dispose();

    /// <summary>
    /// What the receiver says of the samples is final. What it says of itself or of us may change: a login, an address or a
    /// switch that somebody sets right need not cost samples.
    /// </summary>
    private static Outcome OutcomeOf(HttpStatusCode status) => (int)status switch
    {
        401 or 403 or 404 or 407 or 408 or 429 or >= 500 or < 400 => Outcome.Later,
        _ => Outcome.Refused,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.RetryAfter is not { } wait ? null : wait.Delta ?? (wait.Date is { } date ? date - _time.GetUtcNow() : null);
}
