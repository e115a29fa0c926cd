using System.Globalization;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.AdHoc;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Kagari.Server.Functions;

/// <summary>Reads the parameters of <c>/api/v1</c>. Unlike <c>/pyroscope/render</c> it refuses what it cannot read.</summary>
internal sealed class FunctionParameters
{
    public const int LimitDefault = 100, LimitMax = 10_000, PathMax = 1_000;

    private const string FromDefault = "now-1h";

    /// <summary>Bytes of a form: a call site of a thousand long names.</summary>
    private const int FormBytesMax = 1 << 20;

    private readonly Dictionary<string, StringValues> _values;
    private readonly QueryScope _scope;

    private FunctionParameters(Dictionary<string, StringValues> values, QueryScope scope)
    {
        _values = values;
        _scope = scope;
    }

    /// <summary>
    /// The parameters of the address and, of a POST, those of the form in its body: the way from the root to a deep call
    /// is longer than an address may be (8 KiB).
    /// </summary>
    /// <exception cref="RpcException">The body is no form, or a too large one.</exception>
    public static async Task<FunctionParameters> ReadAsync(HttpContext http, QueryScope scope)
    {
        var values = new Dictionary<string, StringValues>(http.Request.Query, StringComparer.Ordinal);
        if (!HttpMethods.IsPost(http.Request.Method)) return new FunctionParameters(values, scope);
        if (!http.Request.HasFormContentType)
            throw Invalid($"the body is '{http.Request.ContentType}'; expected application/x-www-form-urlencoded");
        // Refused before a byte is read, so that the server drains the body: else the connection breaks while the client
        // still sends, and it never sees why.
        if (http.Request.ContentLength > FormBytesMax)
            throw Invalid($"the form in the body has {http.Request.ContentLength} bytes (the limit is {FormBytesMax} bytes)");
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = FormBytesMax;
        try
        {
            foreach (var (name, value) in await http.Request.ReadFormAsync(http.RequestAborted)) values[name] = value;
        }
        catch (Exception e) when (e is BadHttpRequestException or InvalidDataException)
        {
            throw Invalid($"the form in the body cannot be read: {e.Message} (the limit is {FormBytesMax} bytes)");
        }
        return new FunctionParameters(values, scope);
    }

    /// <summary><c>query</c>, <c>from</c> and <c>until</c>.</summary>
    public Selection Selection() => SelectionOf("query", "from", "until");

    /// <summary>The same, or an uploaded file: <c>adhoc</c> and <c>type</c>.</summary>
    public Task<Selection> SelectionAsync(AdHocFiles files, CancellationToken cancellation) => SourceAsync("", files, cancellation);

    /// <summary>A side, or an uploaded file: <c>leftAdhoc</c> and <c>leftType</c> (or <c>right…</c>), else as <see cref="Side"/>.</summary>
    public Task<Selection> SideAsync(string side, AdHocFiles files, CancellationToken cancellation) =>
        // What a side names itself comes before what both have.
        Has($"{side}Query") && !Has($"{side}Adhoc") ? Task.FromResult(Side(side)) : SourceAsync(side, files, cancellation);

    /// <summary>All rows from <c>from</c> to <c>until</c>; null where nothing of that may be looked at.</summary>
    public SeriesQuery? Range()
    {
        var window = RenderEndpoints.Window(_scope, Optional("from") ?? FromDefault, Optional("until"));
        return window.IsEmpty ? null : _scope.Query(window, Selector.All);
    }

    /// <summary>A profile type, if one is named.</summary>
    public ProfileTypeId? Type() => !Has("type") ? null
        : ProfileTypeId.TryParse(Value("type").ToString(), out var type, out var error) ? type : throw Invalid($"\"type\": {error}");

    /// <summary><c>leftQuery</c>, <c>leftFrom</c>, <c>leftUntil</c> (or <c>right…</c>); what a side leaves out it takes from the unprefixed ones.</summary>
    public Selection Side(string side) => SelectionOf(
        Has($"{side}Query") ? $"{side}Query" : "query", Has($"{side}From") ? $"{side}From" : "from", Has($"{side}Until") ? $"{side}Until" : "until");

    /// <summary>Only stacks that have the function, if one is named.</summary>
    public StackFilter FunctionFilter() => Has("function") ? new StackFilter { IncludeNames = [Required("function")] } : StackFilter.None;

    /// <summary>Only samples of these profiles, and of these spans or traces: <c>profileId</c>, <c>spanId</c>, <c>traceId</c>, each once or more.</summary>
    public StackFilter Singles(Selection selection)
    {
        var filter = QueryArguments.Filter(null, Texts("profileId"), Texts("spanId"), Texts("traceId"));
        if (selection.Profile is not null && (filter.SelectsSpans || filter.ProfileIds.Count > 0))
            throw Invalid("\"profileId\", \"spanId\" and \"traceId\" choose among stored profiles; an uploaded file (\"adhoc\") has none of them");
        return filter;

        IEnumerable<string> Texts(string name) => Value(name).Where(v => !string.IsNullOrEmpty(v)).Select(v => v!);
    }

    /// <summary>Names from the root: one <c>path</c> each, in order.</summary>
    public IReadOnlyList<string> Path()
    {
        var path = Value("path");
        if (path.Count > PathMax) throw Invalid($"\"path\" has {path.Count} names; the limit is {PathMax}");
        return [.. path.Select(p => p ?? "")];
    }

    /// <summary><c>search</c> (a text in any case) or <c>regex</c> (RE2).</summary>
    public FunctionSearch Search()
    {
        if (Has("search") && Has("regex")) throw Invalid("\"search\" and \"regex\" cannot be combined");
        if (!Has("regex")) return FunctionSearch.Contains(Value("search").ToString());
        return FunctionSearch.TryMatch(Value("regex").ToString(), out var search, out var error) ? search : throw Invalid($"\"regex\": {error}");
    }

    public FunctionOrder Order(bool allowsName) => Choice("sort", ["self", "total", .. allowsName ? ["name"] : Array.Empty<string>()]) switch
    {
        "total" => FunctionOrder.Total,
        "name" => FunctionOrder.Name,
        _ => FunctionOrder.Self,
    };

    /// <summary>How sides are compared.</summary>
    public ChangeMode Mode(ChangeMode otherwise = ChangeMode.Share) =>
        !Has("mode") ? otherwise : Choice("mode", ["share", "rate"]) == "rate" ? ChangeMode.Rate : ChangeMode.Share;

    public int Offset() => Number("offset", 0, 0, int.MaxValue);

    public int Limit() => Number("limit", LimitDefault, 1, LimitMax);

    public int Windows() => Number("windows", ChangeOptions.WindowsDefault, 1, ChangeOptions.WindowsMax);

    /// <summary>Nodes to draw, within the tenants' limit.</summary>
    public int MaxNodes()
    {
        if (!Has("nodes")) return _scope.MaxNodes(Has("maxNodes") ? Number("maxNodes", 0, 1, int.MaxValue) : null);
        if (Has("maxNodes")) throw Invalid("\"nodes\" and \"maxNodes\" cannot be combined: one is a wish that the limit may cut, the other is refused beyond it");
        return _scope.WishedNodes(Number("nodes", 0, 1, int.MaxValue));
    }

    /// <summary>A switch: true or false.</summary>
    public bool Flag(string name, bool otherwise) => !Has(name) ? otherwise : Value(name).ToString() switch
    {
        "true" or "1" => true,
        "false" or "0" => false,
        var other => throw Invalid($"\"{name}\" is \"{other}\"; expected true or false"),
    };

    public string? Optional(string name) => Has(name) ? Value(name).ToString() : null;

    public string Required(string name) => Has(name) ? Value(name).ToString() : throw Invalid($"\"{name}\" is required");

    private async Task<Selection> SourceAsync(string side, AdHocFiles files, CancellationToken cancellation)
    {
        string NameOf(string name) => side.Length > 0 && Has(side + name) ? side + name : char.ToLowerInvariant(name[0]) + name[1..];
        var (adhoc, query) = (NameOf("Adhoc"), NameOf("Query"));
        if (!Has(adhoc)) return side.Length == 0 ? Selection() : Side(side);
        // Of one side; a side's file and the other side's query go well together.
        if (Has(query) && (query == "query") == (adhoc == "adhoc")) throw Invalid($"\"{adhoc}\" and \"{query}\" cannot be combined: one names a file, the other stored profiles");
        return await files.SelectAsync(_scope, Required(adhoc), Optional(NameOf("Type")), cancellation);
    }

    private Selection SelectionOf(string query, string from, string until)
    {
        if (Has("adhoc") && !Has(query)) throw Invalid($"\"adhoc\" cannot be asked about here: \"{query}\" is required");
        var (type, selector) = RenderQuery.Parse(Value(query), query);
        var window = RenderEndpoints.Window(_scope, Optional(from) ?? FromDefault, Optional(until));
        return new Selection(_scope.Tenants, type, selector, window.StartMillis, window.EndMillis) { IsEmpty = window.IsEmpty, Run = _scope.Run };
    }

    /// <summary>One of several words; the first where it is missing.</summary>
    public string Choice(string name, string[] choices)
    {
        if (!Has(name)) return choices[0];
        var text = Value(name).ToString();
        return choices.Contains(text, StringComparer.Ordinal) ? text : throw Invalid($"\"{name}\" is '{text}'; expected one of {string.Join(", ", choices)}");
    }

    private int Number(string name, int missing, int min, int max)
    {
        if (!Has(name)) return missing;
        var text = Value(name).ToString();
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            throw Invalid($"\"{name}\" is '{text}'; expected a whole number");
        return number >= min && number <= max ? (int)number : throw Invalid($"\"{name}\" is {number}; expected {min} to {max}");
    }

    private StringValues Value(string name) => _values.GetValueOrDefault(name);

    private bool Has(string name) => !string.IsNullOrEmpty(Value(name));

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
