using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;

namespace Kagari.Server.Functions;

/// <summary>Answers requests for merged stacks in the formats about functions (wire reference §13.1).</summary>
/// <remarks>
/// As in Grafana, callers and callees are those of every call of a recursion here, so their roots may have more than the
/// function's total; that total stands beside them. <c>/api/v1/sandwich</c> counts each stack once.
/// </remarks>
internal sealed class FunctionProjections(QueryEngine engine)
{
    public async Task<FunctionMessage> AnswerAsync(StackQuestion question, FunctionFormat format, SelectMergeStacktracesRequest request, CancellationToken cancellation)
    {
        if (format.Kind != FunctionFormatKind.Sandwich)
        {
            var write = await WriterAsync(question, format, request, cancellation);
            return new FunctionMessage(json => Property(json, NameOf(format), write));
        }
        var tree = await TreeAsync(question, question.Filter, cancellation);
        var sandwich = FunctionSandwich.Build(tree, format.Function, RecursionCounting.Every);
        var graph = ColumnarGraph.Build(sandwich, question.MaxNodes);
        return new FunctionMessage(json => Property(json, "sandwich", j => ProjectionJson.Sandwich(j, format.Function, sandwich, graph)));
    }

    public async Task<FunctionMessage> DiffAsync(
        StackQuestion left, StackQuestion right, FunctionFormat format, bool isJoined, DiffRequest request, CancellationToken cancellation)
    {
        if (isJoined)
        {
            var tables = (await TableAsync(left, cancellation), await TableAsync(right, cancellation));
            var diff = FunctionTableDiff.Build(tables.Item1, tables.Item2);
            return new FunctionMessage(json => Property(json, "functions", j => ProjectionJson.Joined(j, diff, format.Limit)));
        }
        var writeLeft = await WriterAsync(left, format, request.Left, cancellation);
        var writeRight = await WriterAsync(right, format, request.Right, cancellation);
        return new FunctionMessage(json => Property(json, NameOf(format), j =>
        {
            Property(j, "left", writeLeft);
            Property(j, "right", writeRight);
        }));
    }

    private async Task<Action<Utf8JsonWriter>> WriterAsync(
        StackQuestion question, FunctionFormat format, SelectMergeStacktracesRequest request, CancellationToken cancellation)
    {
        if (format.Kind == FunctionFormatKind.Functions)
        {
            var table = await TableAsync(question, cancellation);
            return json => ProjectionJson.Table(json, table, format.Limit);
        }

        string[] path = [.. request.StackTraceSelector?.CallSite.Select(c => c.Name) ?? []];
        if (!format.SelectsChain)
        {
            var below = await TreeAsync(question, question.Filter, cancellation);
            return json => ProjectionJson.Half(json, "callees", ColumnarGraph.TryBuild(below, path, 0, out var site) && site.Trees[0].Totals[0] > 0 ? site : null, 0, null, format.Depth);
        }
        if (path.Length == 0) throw Invalid("stack_trace_selector.call_site is required with FUNCTION_TREE_SELECTION_FUNCTION_CHAIN: at least one function");
        if (path.Length > 1 && format is { WantsCallers: true, WantsCallees: true })
            throw Invalid($"stack_trace_selector.call_site has {path.Length} functions; FUNCTION_TREE_DIRECTION_BOTH takes one");
        // The names are a chain that may be anywhere here, not where stacks must begin.
        var tree = await TreeAsync(question, question.Filter with { CallSite = [] }, cancellation);
        var sandwich = FunctionSandwich.Build(tree, path, RecursionCounting.Every);
        var graph = sandwich.IsFound ? ColumnarGraph.Build(sandwich, 0) : null;
        return json =>
        {
            if (format.WantsCallers) ProjectionJson.Half(json, "callers", graph, 0, sandwich, format.Depth);
            if (format.WantsCallees) ProjectionJson.Half(json, "callees", graph, 1, null, format.Depth);
        };
    }

    private async Task<FunctionTable> TableAsync(StackQuestion question, CancellationToken cancellation) =>
        FunctionTable.Build(await TreeAsync(question, question.Filter, cancellation));

    private async Task<FunctionTree> TreeAsync(StackQuestion question, StackFilter filter, CancellationToken cancellation) =>
        question.Window.IsEmpty ? new FunctionTree() : await engine.MergeTreeAsync(question.Query, filter, cancellation);

    private static string NameOf(FunctionFormat format) => format.Kind == FunctionFormatKind.Functions ? "functions" : "functionTree";

    private static void Property(Utf8JsonWriter json, string name, Action<Utf8JsonWriter> write)
    {
        json.WriteStartObject(name);
        write(json);
        json.WriteEndObject();
    }

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
