using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Kagari.Server.Hosting;

namespace Kagari.Server.Routing;

/// <summary>The table of routes as an OpenAPI 3.0 document: paths, methods, statuses.</summary>
internal static partial class OpenApi
{
    public static string Write(string pathPrefix)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("openapi", "3.0.3");
            json.WriteStartObject("info");
            json.WriteString("title", "Kagari");
            json.WriteString("version", BuildInfo.Version);
            json.WriteEndObject();
            if (pathPrefix.Length > 0)
            {
                json.WriteStartArray("servers");
                json.WriteStartObject();
                json.WriteString("url", pathPrefix);
                json.WriteEndObject();
                json.WriteEndArray();
            }
            json.WriteStartObject("paths");
            foreach (var path in ApiRoutes.All.GroupBy(r => r.Path.Replace("{**", "{", StringComparison.Ordinal)))
            {
                json.WriteStartObject(path.Key);
                foreach (var route in path)
                    foreach (var method in route.Method == ApiRoute.Rpc ? ["post"] : route.Method.ToLowerInvariant().Split(", "))
                        Write(json, route, path.Key, method);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, ApiRoute route, string path, string method)
    {
        json.WriteStartObject(method);
        json.WriteString("summary", route.Summary);
        json.WriteStartArray("tags");
        json.WriteStringValue(route.Section);
        json.WriteEndArray();
        var parameters = PathParameter().Matches(path);
        if (parameters.Count > 0)
        {
            json.WriteStartArray("parameters");
            foreach (Match parameter in parameters)
            {
                json.WriteStartObject();
                json.WriteString("name", parameter.Groups["name"].Value);
                json.WriteString("in", "path");
                json.WriteBoolean("required", true);
                json.WriteStartObject("schema");
                json.WriteString("type", "string");
                json.WriteEndObject();
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        json.WriteStartObject("responses");
        foreach (var status in route.Statuses.Distinct().Order())
        {
            json.WriteStartObject(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
            json.WriteString("description", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteEndObject();
    }

    [GeneratedRegex(@"\{(?<name>[^}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathParameter();
}
