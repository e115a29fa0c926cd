using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.AdHoc;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Functions;

/// <summary><c>GET</c> and <c>POST /api/v1/…</c>: exact answers about functions. Written up in docs/guide/functions.md.</summary>
internal sealed class FunctionEndpoints(QueryEngine engine, QueryScopes scopes, AdHocFiles files)
{
    private readonly FunctionAnswers _answers = new(engine);

    public void Map(IEndpointRouteBuilder routes)
    {
        Add("functions", FunctionsAsync);
        Add("sandwich", SandwichAsync);
        Add("flamegraph", FlameGraphAsync);
        Add("flamegraph/diff", FlameGraphDiffAsync);
        Add("changes", ChangesAsync);
        Add("breakdown", BreakdownAsync);
        Add("breakdown/changes", BreakdownChangesAsync);
        Add("top", TopAsync);
        Add("seen", SeenAsync);
        Add("lines", LinesAsync);
        Add("movers", MoversAsync);
        Add("profiles", new ProfileEndpoint(engine).AnswerAsync);
        Add("services", new ServiceEndpoint(engine).AnswerAsync);

        void Add(string name, Func<HttpContext, FunctionParameters, Task> handler) => routes.MapMethods(
            $"/api/v1/{name}",
            [HttpMethods.Get, HttpMethods.Post],
            http => RenderEndpoints.RunAsync(http, async h => await handler(h, await FunctionParameters.ReadAsync(h, scopes.Of(h))))).RequireAccess(Access.Read);
    }

    private async Task FunctionsAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = await parameters.SelectionAsync(files, http.RequestAborted);
        var (search, order, offset, limit) = (parameters.Search(), parameters.Order(allowsName: true), parameters.Offset(), parameters.Limit());
        var tree = await _answers.TreeAsync(selection, parameters.Singles(selection) with { IncludeNames = parameters.FunctionFilter().IncludeNames }, http.RequestAborted);
        var page = FunctionPage.Of(FunctionTable.Build(tree), search, order, offset, limit);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, selection, page));
    }

    private async Task SandwichAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = await parameters.SelectionAsync(files, http.RequestAborted);
        var (function, maxNodes) = (parameters.Required("function"), parameters.MaxNodes());
        var sandwich = FunctionSandwich.Build(await _answers.TreeAsync(selection, parameters.Singles(selection), http.RequestAborted), function);
        var graph = ColumnarGraph.Build(sandwich, maxNodes);
        if (FunctionResponse.WantsColumns(http)) await FunctionResponse.WriteColumnsAsync(http, graph);
        else await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, selection, function, sandwich, graph));
    }

    private async Task FlameGraphAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = await parameters.SelectionAsync(files, http.RequestAborted);
        var (path, maxNodes) = (parameters.Path(), parameters.MaxNodes());
        // The whole tree, since the totals of the ancestors count what goes elsewhere too.
        var tree = await _answers.TreeAsync(selection, parameters.Singles(selection), http.RequestAborted);
        if (!ColumnarGraph.TryBuild(tree, path, maxNodes, out var graph))
            throw new RpcException(RpcCode.NotFound, $"\"path\": no stack of the selection begins with {string.Join(" → ", path)}");
        if (FunctionResponse.WantsColumns(http)) await FunctionResponse.WriteColumnsAsync(http, graph);
        else await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, selection, graph));
    }

    private async Task FlameGraphDiffAsync(HttpContext http, FunctionParameters parameters)
    {
        var left = await parameters.SideAsync("left", files, http.RequestAborted);
        var right = await parameters.SideAsync("right", files, http.RequestAborted);
        var (path, maxNodes) = (parameters.Path(), parameters.MaxNodes());
        var ofLeft = await _answers.TreeAsync(left, StackFilter.None, http.RequestAborted);
        var ofRight = await _answers.TreeAsync(right, StackFilter.None, http.RequestAborted);
        if (!ColumnarGraph.TryBuildDiff(ofLeft, ofRight, path, maxNodes, out var graph))
            throw new RpcException(RpcCode.NotFound, $"\"path\": no stack of either selection begins with {string.Join(" → ", path)}");
        if (FunctionResponse.WantsColumns(http)) await FunctionResponse.WriteColumnsAsync(http, graph);
        else await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, left, right, graph));
    }

    private async Task ChangesAsync(HttpContext http, FunctionParameters parameters)
    {
        var left = await parameters.SideAsync("left", files, http.RequestAborted);
        var right = await parameters.SideAsync("right", files, http.RequestAborted);
        var options = new ChangeOptions
        {
            Mode = parameters.Mode(),
            Order = parameters.Order(allowsName: false),
            Windows = parameters.Windows(),
            Search = parameters.Search(),
            Offset = parameters.Offset(),
            Limit = parameters.Limit(),
        };
        if (options.Mode == ChangeMode.Rate) CheckRates(left, right);
        var changes = await _answers.ChangesAsync(left, right, StackFilter.None, options, http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, left, right, options, changes));
    }

    private async Task BreakdownAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = parameters.Selection();
        var limit = parameters.Limit();
        var breakdown = await _answers.BreakdownAsync(selection, parameters.FunctionFilter(), parameters.Optional("label"), http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, selection, breakdown, limit));
    }

    private async Task BreakdownChangesAsync(HttpContext http, FunctionParameters parameters)
    {
        var (left, right) = (parameters.Side("left"), parameters.Side("right"));
        var limit = parameters.Limit();
        CheckUnits(left, right);
        var change = await _answers.BreakdownChangeAsync(left, right, parameters.FunctionFilter(), parameters.Optional("label"), http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, left, right, change, limit));
    }

    private async Task TopAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = parameters.Selection();
        var (order, limit) = (parameters.Order(allowsName: false), parameters.Limit());
        var top = parameters.Flag("services", true)
            ? await _answers.TopAsync(selection, StackFilter.None, order, limit, http.RequestAborted)
            : await _answers.TopOfAllAsync(selection, order, limit, http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, selection, top));
    }

    private async Task SeenAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = parameters.Selection();
        var function = parameters.Required("function");
        var seen = await _answers.SeenAsync(selection, function, http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => FunctionJson.Write(json, function, seen));
    }

    private async Task LinesAsync(HttpContext http, FunctionParameters parameters)
    {
        var selection = await parameters.SelectionAsync(files, http.RequestAborted);
        var function = parameters.Required("function");
        var lines = await _answers.LinesAsync(selection, function, parameters.Singles(selection), http.RequestAborted);
        var repositories = await _answers.RepositoriesAsync(selection, http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => LineJson.Write(json, selection, function, lines, repositories));
    }

    private async Task MoversAsync(HttpContext http, FunctionParameters parameters)
    {
        var (left, right) = (parameters.Side("left"), parameters.Side("right"));
        var (mode, order) = (parameters.Mode(ChangeMode.Rate), parameters.Order(allowsName: false));
        var (search, limit) = (parameters.Search(), parameters.Limit());
        if (mode == ChangeMode.Rate) CheckUnits(left, right);
        var movers = await _answers.MoversAsync(left, right, mode, order, search, limit, http.RequestAborted);
        await FunctionResponse.WriteJsonAsync(http, json => MoverJson.Write(json, left, right, mode, order, movers));
    }

    private static void CheckRates(Selection left, Selection right)
    {
        CheckUnits(left, right);
        foreach (var side in new[] { left, right })
            if (side.Seconds == 0) throw new RpcException(RpcCode.InvalidArgument, $"the file '{side.Profile?.Source}' does not say how long it sampled, so it has no values per second; compare by share (\"mode\")");
    }

    private static void CheckUnits(Selection left, Selection right)
    {
        if (left.Type.SampleUnit == right.Type.SampleUnit) return;
        throw new RpcException(
            RpcCode.InvalidArgument, $"values per second need one unit: left is in '{left.Type.SampleUnit}', right in '{right.Type.SampleUnit}'");
    }
}
