using System.Text.Json;
using Kagari.Query;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Functions;

/// <summary><c>/api/v1/profiles</c>: single stored profiles of a selection.</summary>
internal sealed class ProfileEndpoint(QueryEngine engine)
{
    public async Task AnswerAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = parameters.Selection();
        var filter = parameters.Singles(selection) with { IncludeNames = parameters.FunctionFilter().IncludeNames };
        var (sort, offset, limit) = (parameters.Choice("sort", ["time", "total"]), parameters.Offset(), parameters.Limit());
        var all = selection.IsEmpty ? [] : await engine.ProfileTotalsAsync(selection.Query, filter, http.RequestAborted);
        // The sort keeps the order of times where values are equal.
        var sorted = sort == "total" ? all.OrderByDescending(p => p.Total) : all.AsEnumerable();
        await FunctionResponse.WriteJsonAsync(http, json =>
        {
            FunctionJson.WriteType(json, selection);
            json.WriteNumber("profileCount"u8, all.Count);
            json.WriteStartArray("profiles"u8);
            foreach (var profile in sorted.Skip(offset).Take(limit)) Write(json, profile);
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, ProfileTotal found)
    {
        var profile = found.Profile;
        json.WriteStartObject();
        json.WriteString("profileId"u8, profile.Identity.ToProfileId());
        json.WriteNumber("timeMillis"u8, profile.Identity.TimeNanos / 1_000_000);
        json.WriteNumber("durationMillis"u8, profile.DurationNanos / 1_000_000);
        json.WriteString("service"u8, profile.Service);
        json.WriteNumber("total"u8, found.Total);
        json.WriteStartObject("labels"u8);
        foreach (var label in profile.Labels)
            if (!label.Name.StartsWith("__", StringComparison.Ordinal)) json.WriteString(label.Name, label.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
