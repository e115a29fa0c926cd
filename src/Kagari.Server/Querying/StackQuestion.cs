using Kagari.Profiles;
using Kagari.Query;
using Kagari.Wire.Querier;

namespace Kagari.Server.Querying;

/// <summary>A request for merged stacks, checked.</summary>
internal sealed record StackQuestion(ProfileTypeId Type, QueryWindow Window, SeriesQuery Query, StackFilter Filter, int MaxNodes)
{
    public static StackQuestion Of(QueryScope scope, SelectMergeStacktracesRequest request)
    {
        var type = QueryArguments.ProfileType(request.ProfileTypeID);
        var selector = QueryArguments.Selector(request.LabelSelector);
        var window = scope.Window(request.Start, request.End);
        // A profile is answered whole, so its number of nodes is not asked for and not checked.
        var nodes = scope.MaxNodes(request.HasMaxNodes && request.Format != ProfileFormat.Pprof ? request.MaxNodes : null);
        var filter = QueryArguments.Filter(request.StackTraceSelector, request.ProfileIdSelector, request.SpanSelector, request.TraceIdSelector);
        return new StackQuestion(type, window, scope.Query(window, selector).OfType(type), filter, nodes);
    }
}
