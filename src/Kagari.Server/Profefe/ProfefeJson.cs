using System.Globalization;
using System.Text.Json;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Profefe;

/// <summary>Answers of profefe: <c>{"code":200,"body":…}</c> or <c>{"code":404,"error":"…"}</c>.</summary>
internal static class ProfefeJson
{
    public static Task WriteBodyAsync(HttpContext http, Action<Utf8JsonWriter> writeBody) => WriteAsync(http, 200, json =>
    {
        json.WritePropertyName("body");
        writeBody(json);
    });

    public static Task WriteErrorAsync(HttpContext http, int status, string message)
    {
        if (http.Response.HasStarted)
        {
            http.Abort();
            return Task.CompletedTask;
        }
        return WriteAsync(http, status, json => json.WriteString("error", message));
    }

    /// <summary>The same for <c>go tool pprof</c>, which shows an error only as plain text with this header.</summary>
    public static async Task WriteToolErrorAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        http.Response.Headers["X-Go-Pprof"] = "1";
        await http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }

    public static void Write(Utf8JsonWriter json, ProfefeProfile profile)
    {
        json.WriteStartObject();
        json.WriteString("id", profile.Id.ToString());
        json.WriteString("type", profile.Type);
        json.WriteString("service", profile.Service);
        if (profile.Labels.Count > 0)
        {
            json.WriteStartArray("labels");
            foreach (var label in profile.Labels)
            {
                json.WriteStartObject();
                json.WriteString("key", label.Name);
                json.WriteString("value", label.Value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteString("created_at", DateTimeOffset.UnixEpoch.AddTicks(profile.TimeNanos / 100).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static async Task WriteAsync(HttpContext http, int status, Action<Utf8JsonWriter> write)
    {
        using var body = new PooledBuffer();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteNumber("code", status);
            write(json);
            json.WriteEndObject();
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
