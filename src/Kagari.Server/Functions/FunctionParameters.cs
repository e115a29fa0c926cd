using System.Globalization;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Functions;

/// <summary>Reads the parameters of <c>/api/v1</c>. Unlike <c>/pyroscope/render</c> it refuses what it cannot read.</summary>
internal sealed class FunctionParameters(IQueryCollection parameters, QueryScope scope)
{
    public const int LimitDefault = 100, LimitMax = 10_000, PathMax = 1_000;

    private const string FromDefault = "now-1h";

    /// <summary><c>query</c>, <c>from</c> and <c>until</c>.</summary>
    public Selection Selection() => SelectionOf("query", "from", "until");

    /// <summary><c>leftQuery</c>, <c>leftFrom</c>, <c>leftUntil</c> (or <c>right…</c>); what a side leaves out it takes from the unprefixed ones.</summary>
    public Selection Side(string side) => SelectionOf(
        Has($"{side}Query") ? $"{side}Query" : "query", Has($"{side}From") ? $"{side}From" : "from", Has($"{side}Until") ? $"{side}Until" : "until");

    /// <summary>Only stacks that have the function, if one is named.</summary>
    public StackFilter FunctionFilter() => Has("function") ? new StackFilter { IncludeNames = [Required("function")] } : StackFilter.None;

    /// <summary>Names from the root: one <c>path</c> each, in order.</summary>
    public IReadOnlyList<string> Path()
    {
        var path = parameters["path"];
        if (path.Count > PathMax) throw Invalid($"\"path\" has {path.Count} names; the limit is {PathMax}");
        return [.. path.Select(p => p ?? "")];
    }

    /// <summary><c>search</c> (a text in any case) or <c>regex</c> (RE2).</summary>
    public FunctionSearch Search()
    {
        if (Has("search") && Has("regex")) throw Invalid("\"search\" and \"regex\" cannot be combined");
        if (!Has("regex")) return FunctionSearch.Contains(parameters["search"].ToString());
        return FunctionSearch.TryMatch(parameters["regex"].ToString(), out var search, out var error) ? search : throw Invalid($"\"regex\": {error}");
    }

    public FunctionOrder Order(bool allowsName) => Choice("sort", ["self", "total", .. allowsName ? ["name"] : Array.Empty<string>()]) switch
    {
        "total" => FunctionOrder.Total,
        "name" => FunctionOrder.Name,
        _ => FunctionOrder.Self,
    };

    public ChangeMode Mode() => Choice("mode", ["share", "rate"]) == "rate" ? ChangeMode.Rate : ChangeMode.Share;

    public int Offset() => Number("offset", 0, 0, int.MaxValue);

    public int Limit() => Number("limit", LimitDefault, 1, LimitMax);

    public int Windows() => Number("windows", ChangeOptions.WindowsDefault, 1, ChangeOptions.WindowsMax);

    /// <summary>Nodes to draw, within the tenants' limit.</summary>
    public int MaxNodes() => scope.MaxNodes(Has("maxNodes") ? Number("maxNodes", 0, 1, int.MaxValue) : null);

    public string? Optional(string name) => Has(name) ? parameters[name].ToString() : null;

    public string Required(string name) => Has(name) ? parameters[name].ToString() : throw Invalid($"\"{name}\" is required");

    private Selection SelectionOf(string query, string from, string until)
    {
        var (type, selector) = RenderQuery.Parse(parameters[query], query);
        var window = RenderEndpoints.Window(scope, Optional(from) ?? FromDefault, Optional(until));
        return new Selection(scope.Tenants, type, selector, window.StartMillis, window.EndMillis) { IsEmpty = window.IsEmpty };
    }

    private string Choice(string name, string[] choices)
    {
        if (!Has(name)) return choices[0];
        var text = parameters[name].ToString();
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw Invalid($"\"{name}\" is '{text}'; expected one of {string.Join(", ", choices)}");
    }

    private int Number(string name, int missing, int min, int max)
    {
        if (!Has(name)) return missing;
        var text = parameters[name].ToString();
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Invalid($"\"{name}\" is '{text}'; expected a whole number");
        return number >= min && number <= max ? (int)number : throw Invalid($"\"{name}\" is {number}; expected {min} to {max}");
    }

    private bool Has(string name) => !string.IsNullOrEmpty(parameters[name]);

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
