using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Status;

/// <summary>Pages of the peer about its own inside: who looks for them is told where to look here.</summary>
internal static class AbsentRoutes
{
    private const string NoRing = "There is no ring: roles share an object store and a catalogue, and nothing is replicated between them. What runs is at /metrics and /ready.";

    /// <summary>Paths with the sentence that answers them.</summary>
    public static IReadOnlyList<(string Path, string Why)> All { get; } =
    [
        ("/ring", NoRing), ("/distributor/ring", NoRing), ("/ring-segment-writer", NoRing), ("/overrides-exporter/ring", NoRing),
        ("/store-gateway/ring", NoRing), ("/compactor/ring", NoRing),
        ("/memberlist", "There is no gossip here."),
        ("/metastore-nodes", "The catalogue is a file beside the data, or PostgreSQL; there is no raft."),
        ("/metastore-client-test", "The catalogue is a file beside the data, or PostgreSQL; there is no raft."),
        ("/store-gateway/tenants", "Tenants and services are listed at /status."),
        ("/store-gateway/tenant/{tenant}/blocks", "Blocks are shown by 'kagari inspect'."),
        ("/query-diagnostics/{**rest}", "Every answer says what its query read, in the header X-Kagari-Query."),
        ("/ops/object-store/{**rest}", "Blocks are shown by 'kagari inspect'."),
        ("/debug/pprof/{**rest}", "The server is no Go program."),
        ("/debug/fgprof", "The server is no Go program."),
    ];

    public static void Map(IEndpointRouteBuilder routes)
    {
        foreach (var (path, why) in All)
            routes.MapGet(path, http => HttpErrors.WriteTextAsync(http, StatusCodes.Status404NotFound, why)).WithMetadata(ErrorForm.Text).RequireAccess(Access.Public);
    }
}
