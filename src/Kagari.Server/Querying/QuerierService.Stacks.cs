using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Functions;
using Kagari.Server.Rpc;
using Kagari.Wire.Google;
using Kagari.Wire.Querier;

namespace Kagari.Server.Querying;

// Merged stacks: flame graphs, trees, graphs, profiles, differences.
internal sealed partial class QuerierService
{
    /// <summary>Nodes of a graph drawing where the request names no number.</summary>
    private const int DotNodesDefault = 100;

    private async ValueTask<object> SelectMergeStacktracesAsync(RpcContext call, RpcBody body, CancellationToken cancellation)
    {
        var request = RpcEndpoints.Decode<SelectMergeStacktracesRequest>(body);
        var format = body.IsJson ? FunctionFormat.Read(body.Bytes) : null;
        body.Dispose();
        if (format is null) return await SelectMergeStacktracesAsync(call, request, cancellation);
        // A table has rows, not nodes: its limit is checked with the format.
        if (format.Kind != FunctionFormatKind.Sandwich) request.ClearMaxNodes();
        return await _projections.AnswerAsync(StackQuestion.Of(scopes.Of(call.HttpContext), request), format, request, cancellation);
    }

    private async ValueTask<SelectMergeStacktracesResponse> SelectMergeStacktracesAsync(
        RpcContext call, SelectMergeStacktracesRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var question = StackQuestion.Of(scope, request);
        var response = new SelectMergeStacktracesResponse();
        if (request.Format == ProfileFormat.Pprof)
        {
            var profile = question.Window.IsEmpty ? new Profile()
                : await MergeProfileAsync(question, QueryArguments.Pgo(request.StackTraceSelector), cancellation);
            response.Pprof = new PprofProfile { Profile = profile };
            return response;
        }
        if (question.Window.IsEmpty) return response;
        return await engine.DrawTreeAsync(question.Query, question.Filter, tree =>
        {
            switch (request.Format)
            {
                case ProfileFormat.Tree:
                    response.Tree = TreeViews.Bytes(tree, question.MaxNodes);
                    break;
                case ProfileFormat.Dot:
                    var nodes = request.MaxNodes > 0 ? question.MaxNodes : DotNodesDefault;
                    response.Dot = TreeViews.Dot(tree, nodes, question.Type);
                    break;
                default:
                    response.Flamegraph = TreeViews.FlameGraph(tree, question.MaxNodes);
                    break;
            }
            return response;
        }, cancellation);
    }

    private async ValueTask<SelectMergeSpanProfileResponse> SelectMergeSpanProfileAsync(
        RpcContext call, SelectMergeSpanProfileRequest request, CancellationToken cancellation)
    {
        var stacks = new SelectMergeStacktracesRequest
        {
            ProfileTypeID = request.ProfileTypeID,
            LabelSelector = request.LabelSelector,
            Start = request.Start,
            End = request.End,
            Format = request.Format == ProfileFormat.Tree ? ProfileFormat.Tree : ProfileFormat.Flamegraph,
        };
        if (request.HasMaxNodes) stacks.MaxNodes = request.MaxNodes;
        stacks.SpanSelector.AddRange(request.SpanSelector);
        var merged = await SelectMergeStacktracesAsync(call, stacks, cancellation);
        return new SelectMergeSpanProfileResponse { Flamegraph = merged.Flamegraph, Tree = merged.Tree };
    }

    private async ValueTask<Profile> SelectMergeProfileAsync(RpcContext call, SelectMergeProfileRequest request, CancellationToken cancellation)
    {
        var scope = scopes.Of(call.HttpContext);
        var stacks = new SelectMergeStacktracesRequest
        {
            ProfileTypeID = request.ProfileTypeID,
            LabelSelector = request.LabelSelector,
            Start = request.Start,
            End = request.End,
            Format = ProfileFormat.Pprof,
            StackTraceSelector = request.StackTraceSelector,
        };
        stacks.ProfileIdSelector.AddRange(request.ProfileIdSelector);
        stacks.TraceIdSelector.AddRange(request.TraceIdSelector);
        var question = StackQuestion.Of(scope, stacks);
        return question.Window.IsEmpty ? new Profile() : await MergeProfileAsync(question, QueryArguments.Pgo(request.StackTraceSelector), cancellation);
    }

    private async Task<Profile> MergeProfileAsync(StackQuestion question, PgoOptions? pgo, CancellationToken cancellation)
    {
        var profile = await engine.MergeProfileAsync(question.Query, question.Type, question.Filter, pgo, cancellation);
        if (profile.Samples.Count == 0) return new Profile();
        using var bytes = new PooledBuffer();
        PprofWriter.Write(profile, bytes);
        return Profile.Parser.ParseFrom(bytes.WrittenMemory.Span);
    }

    private async ValueTask<object> DiffAsync(RpcContext call, RpcBody body, CancellationToken cancellation)
    {
        var request = RpcEndpoints.Decode<DiffRequest>(body);
        var isJoined = false;
        var format = body.IsJson ? FunctionFormat.ReadDiff(body.Bytes, out isJoined) : null;
        body.Dispose();
        if (request.Left is null || request.Right is null) throw Invalid("both sides of a diff are required: left and right");
        var scope = scopes.Of(call.HttpContext);
        var left = StackQuestion.Of(scope, request.Left);
        var right = StackQuestion.Of(scope, request.Right);
        if (format is not null) return await _projections.DiffAsync(left, right, format, isJoined, request, cancellation);
        return new DiffResponse
        {
            Flamegraph = TreeViews.Diff(
                await TreeOfAsync(left, cancellation), await TreeOfAsync(right, cancellation), Math.Max(left.MaxNodes, right.MaxNodes)),
        };
    }

    private async Task<FunctionTree> TreeOfAsync(StackQuestion question, CancellationToken cancellation) =>
        question.Window.IsEmpty ? new FunctionTree() : await engine.MergeTreeAsync(question.Query, question.Filter, cancellation);
}
