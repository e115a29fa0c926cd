using Google.Protobuf;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Uploading;
using Kagari.Profiles;
using Kagari.Wire.Querier;
using ProfileFormat = Kagari.Wire.Querier.ProfileFormat;

namespace Kagari.Cli.Querying;

/// <summary>Asks a server for merged stacks.</summary>
internal static class StackQueries
{
    /// <summary>The tree as the server draws it: what is small is summed into <c>other</c>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="query">What is asked for.</param>
    /// <param name="range">When.</param>
    /// <param name="maxNodes">Nodes that are drawn one by one; null leaves it to the server.</param>
    /// <param name="cancellation">Ends the call.</param>
    public static async Task<FunctionTree> TreeAsync(
        ServerConnection server, QueryArgument query, MillisRange range, long? maxNodes, CancellationToken cancellation)
    {
        var request = new SelectMergeStacktracesRequest
        {
            ProfileTypeID = query.Type,
            LabelSelector = query.Selector,
            Start = range.Start,
            End = range.End,
            Format = ProfileFormat.Tree,
        };
        if (maxNodes is { } nodes) request.MaxNodes = nodes;
        var response = await server.QueryAsync("SelectMergeStacktraces", request, SelectMergeStacktracesResponse.Parser, cancellation);
        var tree = new FunctionTree();
        return TreeBytes.TryRead(response.Tree.Span, tree, ProfileFile.NoLimits, out var error)
            ? tree : throw new ServerException($"SelectMergeStacktraces: the tree in the answer cannot be read: {error.Message}");
    }

    /// <summary>The merged profile, exact, as the bytes of a pprof; none where there is no data.</summary>
    public static Task<byte[]> PprofAsync(ServerConnection server, QueryArgument query, MillisRange range, CancellationToken cancellation)
    {
        var request = new SelectMergeProfileRequest { ProfileTypeID = query.Type, LabelSelector = query.Selector, Start = range.Start, End = range.End };
        return server.CallAsync("querier.v1.QuerierService/SelectMergeProfile", request.ToByteArray(), isCompressed: false, cancellation);
    }

    /// <summary>The merged profile as an exact tree; empty where there is no data.</summary>
    public static async Task<FunctionTree> ExactTreeAsync(ServerConnection server, QueryArgument query, MillisRange range, CancellationToken cancellation)
    {
        var bytes = await PprofAsync(server, query, range, cancellation);
        if (bytes.Length == 0) return new FunctionTree();
        return ProfileFile.TryDecode("SelectMergeProfile", bytes, out var profile, out var error)
            ? ProfileFunctions.TreeOf(profile.Profile, 0) : throw new ServerException($"SelectMergeProfile: the profile in the answer cannot be read: {error}");
    }
}
