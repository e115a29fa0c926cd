using System.Net;
using System.Security.Authentication;
using System.Text.Json;

namespace Kagari.Client.Delivery;

/// <summary>What one request led to, in words.</summary>
/// <param name="Outcome">What to do next.</param>
/// <param name="Text">What was found and what to try; empty if all is well.</param>
/// <param name="RetryAfter">How long the server wants to be left alone; null where it does not say.</param>
internal readonly record struct PushAnswer(PushOutcome Outcome, string Text, TimeSpan? RetryAfter)
{
    private const int MessageCharactersMax = 500;

    /// <summary>Judges an answer of the server.</summary>
    /// <param name="status">Only 200 is success, as with all clients of the field.</param>
    /// <param name="body">A Connect error in JSON, or any text.</param>
    /// <param name="location">Where a redirect leads.</param>
    /// <param name="retryAfter">What the server asks for.</param>
    /// <param name="server">The server, without secrets.</param>
    public static PushAnswer Of(HttpStatusCode status, string body, Uri? location, TimeSpan? retryAfter, string server)
    {
        if (status == HttpStatusCode.OK) return new PushAnswer(PushOutcome.Sent, "", null);
        var code = (int)status;
        var found = $"{server} answered {code}{(MessageOf(body) is { Length: > 0 } message ? $" ({message})" : "")}";
        if (code >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout) return new PushAnswer(PushOutcome.Retry, found, retryAfter);
        var advice = code switch
        {
            >= 300 and < 400 => $"Redirects are not followed, so that no password goes where nobody sent it: set ServerAddress to the address that answers{(location is null ? "" : $", here {Shown(location)}")}.",
            400 => "What it names was not stored; other profiles of the same upload may have been.",
            401 => "Check BasicAuthUser and BasicAuthPassword, or BearerToken; a server with tenants wants TenantId too.",
            403 => "The credentials may not write: check them and TenantId.",
            404 or 405 or 501 => "Nothing there takes /push.v1.PusherService/Push: check host, port and path of ServerAddress.",
            413 => "Make UploadInterval shorter, or raise the server's limit (ingestion_body_limit_mb).",
            _ => "Check ServerAddress, and whether something between here and the server answers in its place.",
        };
        return new PushAnswer(PushOutcome.Refused, $"{found}. {advice}", null);
    }

    /// <summary>Judges that there was no answer.</summary>
    public static PushAnswer Of(Exception error, string server, TimeSpan timeout)
    {
        var inner = error.InnerException is { } cause and not TimeoutException ? $"{error.Message} {cause.Message}" : error.Message;
        var text = error switch
        {
            OperationCanceledException => $"{server} did not answer within {timeout.TotalSeconds:0.###} s",
            _ when error.InnerException is AuthenticationException => $"{server}: {inner} (certificates of one's own: SSL_CERT_FILE)",
            _ => $"{server}: {inner}",
        };
        return new PushAnswer(PushOutcome.Retry, text, null);
    }

    /// <summary>The message of a Connect error, or the text as it is; short, and in one line.</summary>
    internal static string MessageOf(string body)
    {
        var text = body.Trim();
        if (text.StartsWith('{'))
        {
            try
            {
                using var json = JsonDocument.Parse(text);
                if (json.RootElement.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.String) text = message.GetString()!;
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
            {
                // No JSON, or a string with half a surrogate pair: the text says what it says.
            }
        }
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= MessageCharactersMax ? text : text[..MessageCharactersMax] + "…";
    }

    private static string Shown(Uri location) =>
        location.IsAbsoluteUri ? location.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : location.ToString();
}
