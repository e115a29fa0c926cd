using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Functions;

/// <summary><c>/api/v1/services</c>: all services at a glance.</summary>
internal sealed class ServiceEndpoint(QueryEngine engine)
{
    private static readonly Dictionary<string, HottestFunction> s_none = [];

    public async Task AnswerAsync(HttpContext http, FunctionParameters parameters)
    {
        var (range, type, sort) = (parameters.Range(), parameters.Type(), parameters.Choice("sort", ["name", "total", "last"]));
        var (search, offset, limit) = (parameters.Search(), parameters.Offset(), parameters.Limit());
        if (sort == "total" && type is null) throw new RpcException(RpcCode.InvalidArgument, "\"sort\" is 'total', which needs a \"type\"");
        var all = range is null ? [] : await engine.ServicesAsync(range, http.RequestAborted);
        var found = all.Where(s => search.Finds(s.Service)).ToList();
        var sorted = sort switch
        {
            "total" => found.OrderByDescending(s => TotalOf(s, type!.Value)),
            "last" => found.OrderByDescending(s => s.LastNanos),
            _ => found.OrderBy(s => s.Service, StringComparer.Ordinal),
        };
        // Sorts keep the order of names where all else is equal.
        var page = sorted.Skip(offset).Take(limit).ToList();
        IReadOnlyDictionary<string, HottestFunction> hottest = s_none;
        if (range is not null && type is { } wanted)
        {
            var text = wanted.ToString();
            hottest = await engine.HottestAsync(range.OfType(wanted), [.. page.Where(s => s.Types.Any(t => t.Type == text)).Select(s => s.Service)], http.RequestAborted);
        }
        await FunctionResponse.WriteJsonAsync(http, json =>
        {
            json.WriteNumber("serviceCount"u8, all.Count);
            json.WriteNumber("matchCount"u8, found.Count);
            json.WriteStartArray("services"u8);
            foreach (var service in page) Write(json, service, hottest.GetValueOrDefault(service.Service));
            json.WriteEndArray();
        });
    }

    private static void Write(Utf8JsonWriter json, ServiceSummary service, HottestFunction? hottest)
    {
        json.WriteStartObject();
        json.WriteString("service"u8, service.Service);
        json.WriteNumber("series"u8, service.SeriesCount);
        json.WriteNumber("instances"u8, service.InstanceCount);
        json.WriteNumber("lastMillis"u8, service.LastNanos / 1_000_000);
        json.WriteStartArray("types"u8);
        foreach (var type in service.Types)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, type.Type);
            json.WriteString("unit"u8, ProfileTypeId.TryParse(type.Type, out var id, out _) ? id.SampleUnit : "");
            json.WriteNumber("total"u8, type.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        if (hottest is null) json.WriteNull("hottest"u8);
        else
        {
            json.WriteStartObject("hottest"u8);
            json.WriteString("function"u8, hottest.Function);
            FunctionJson.WriteValues(json, hottest.Self, hottest.Total);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static long TotalOf(ServiceSummary service, ProfileTypeId type)
    {
        var text = type.ToString();
        return service.Types.FirstOrDefault(t => t.Type == text).Total;
    }
}
