using System.Text.Json;

namespace Kagari.Ui.Tests.Harness;

/// <summary>What the server answers beside the browser: the numbers that pages are held against.</summary>
internal static class Answers
{
    /// <summary>Asks an endpoint of <c>api/v1</c> for JSON.</summary>
    public static async Task<JsonElement> AskAsync(this UiServer server, string path, params (string Name, string? Value)[] parameters)
    {
        var address = $"api/v1/{path}?{string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"))}";
        using var answer = await server.Http.GetAsync(new Uri(address, UriKind.Relative));
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{address}: {(int)answer.StatusCode} {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    /// <summary>Calls a method of a service with JSON.</summary>
    public static async Task<JsonElement> CallAsync(this UiServer server, string method, object request)
    {
        using var content = new StringContent(JsonSerializer.Serialize(request), System.Text.Encoding.UTF8, "application/json");
        using var answer = await server.Http.PostAsync(new Uri(method, UriKind.Relative), content);
        var body = await answer.Content.ReadAsStringAsync();
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{method}: {(int)answer.StatusCode} {body}");
        using var json = JsonDocument.Parse(body);
        return json.RootElement.Clone();
    }

    /// <summary>A number below names, as <c>left.self</c>.</summary>
    public static double Number(this JsonElement element, string path)
    {
        foreach (var name in path.Split('.')) element = element.GetProperty(name);
        return element.GetDouble();
    }

    /// <summary>A text of an object.</summary>
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    /// <summary>Elements of an array of an object.</summary>
    public static JsonElement[] All(this JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];
}
