using System.Net.Http.Headers;
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

    /// <summary>Judges an answer of the server. Only 200 is success, as with all clients of the field.</summary>
    /// <param name="answer">Its body is a Connect error in JSON, or any text.</param>
    /// <param name="server">The server, without secrets.</param>
    /// <param name="now">What time it is: servers may name the time to come again.</param>
    public static PushAnswer Of(HttpAnswer answer, string server, DateTimeOffset now)
    {
        var code = answer.Status;
        if (code == 200) return new PushAnswer(PushOutcome.Sent, "", null);
        var found = $"{server} answered {code}{(MessageOf(answer.Body) is { Length: > 0 } message ? $" ({message})" : "")}";
        if (code is >= 500 and not 501 or 429 or 408) return new PushAnswer(PushOutcome.Retry, found, WishOf(answer, now));
        var advice = code switch
        {
            >= 300 and < 400 => $"Redirects are not followed, so that no password goes where nobody sent it: set ServerAddress to the address that answers{(answer.Headers.TryGetValue("location", out var location) ? $", here {Shown(location)}" : "")}.",
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
        var text = error switch
        {
            _ when error is TimeoutException || error.InnerException is TimeoutException => $"{server} did not answer within {timeout.TotalSeconds:0.###} s",
            AuthenticationException => $"{server}: {error.Message} {error.InnerException?.Message} (certificates of one's own: SSL_CERT_FILE)",
            _ => $"{server}: {error.Message}",
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

    private static TimeSpan? WishOf(HttpAnswer answer, DateTimeOffset now) =>
        answer.Headers.TryGetValue("retry-after", out var text) && RetryConditionHeaderValue.TryParse(text, out var wish)
            ? wish.Delta ?? (wish.Date is { } date ? date - now : null)
            : null;

    /// <summary>Without user and password.</summary>
    private static string Shown(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var uri) ? uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped) : location;
}
