using System.Text.RegularExpressions;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Rpc;
using Kagari.Storage;
using Kagari.Wire.Types;

namespace Kagari.Server.Querying;

/// <summary>Reads the arguments that query requests share; every refusal is <c>invalid_argument</c> and says why.</summary>
internal static class QueryArguments
{
    public static ProfileTypeId ProfileType(string text) =>
        ProfileTypeId.TryParse(text, out var id, out var error) ? id : throw Invalid(error);

    public static Selector Selector(string text) =>
        SelectorParser.TryParse(text, out var selector, out var error) ? new Selector([.. selector.Matchers.Select(TypeForName)]) : throw Invalid(error);

    /// <summary>Variables of Grafana write the profile type in front of the braces, where a selector has a name: no name has colons.</summary>
    private static LabelMatcher TypeForName(LabelMatcher matcher) =>
        matcher is { Name: LabelNames.Name, Operator: MatchOperator.Equal } && matcher.Value.Contains(':') && ProfileTypeId.TryParse(matcher.Value, out var type, out _)
            ? LabelMatcher.Equal(LabelNames.ProfileType, type.ToString()) : matcher;

    /// <summary>Several selectors that must all pass; none = everything.</summary>
    public static Selector Selectors(IEnumerable<string> texts) => texts.Aggregate(Query.Selector.All, (all, text) => all.And(Selector(text)));

    /// <summary>The number of nodes to draw: the request's, or the tenants' default.</summary>
    public static int MaxNodes(long? asked, IReadOnlyList<TenantLimits> limits)
    {
        var most = limits.Select(l => l.MaxFlamegraphNodesMax).Where(m => m > 0).DefaultIfEmpty(0).Min();
        if (asked is null or 0)
        {
            // A default above the limit is the limit; without either, the whole tree is drawn.
            var usual = limits.Select(l => l.MaxFlamegraphNodesDefault).Append(most).Where(n => n > 0).DefaultIfEmpty(int.MaxValue).Min();
            return (int)Math.Min(usual, int.MaxValue);
        }
        if (most > 0 && asked > most) throw Invalid($"max flamegraph nodes limit {asked} is greater than allowed {most} (setting max_flamegraph_nodes_max)");
        if (asked < 0) throw Invalid($"max flamegraph nodes limit must be set (max allowed {most})");
        return (int)Math.Min(asked.Value, int.MaxValue);
    }

    /// <summary>As many nodes as are wished for, or the limit where that is less: for pictures, which have a use for any number.</summary>
    public static int WishedNodes(int wish, IReadOnlyList<TenantLimits> limits) =>
        (int)limits.Select(l => l.MaxFlamegraphNodesMax).Where(m => m > 0).Append(wish).Min();

    public static long StepMillis(double seconds)
    {
        if (!(seconds >= 0.001)) throw Invalid($"step must be >= 1ms (got {seconds} s)");
        if (seconds > 1e9) throw Invalid($"step must be <= 1000000000 s (got {seconds} s)");
        return (long)Math.Round(seconds * 1000);
    }

    public static StackFilter Filter(
        StackTraceSelector? selector, IEnumerable<string> profileIds, IEnumerable<string> spans, IEnumerable<string> traces)
    {
        var filter = new StackFilter
        {
            CallSite = selector is null ? [] : [.. selector.CallSite.Select(l => l.Name)],
            ProfileIds = profileIds.Select(ProfileId).ToHashSet(),
            Spans = spans.Select(Span).ToHashSet(),
            Traces = traces.Select(Trace).ToHashSet(),
        };
        if (filter.Spans.Count > 0 && filter.Traces.Count > 0) throw Invalid("span_selector and trace_id_selector cannot be combined");
        return selector?.FrameFilter is { } frames ? WithFrames(filter, frames) : filter;
    }

    public static PgoOptions? Pgo(StackTraceSelector? selector) =>
        selector?.GoPgo is { } pgo ? new PgoOptions((int)Math.Min(pgo.KeepLocations, int.MaxValue), pgo.AggregateCallees) : null;

    private static StackFilter WithFrames(StackFilter filter, FrameFilter frames)
    {
        const int ConditionsMax = 60;
        var conditions = frames.IncludeFunctionNames.Count + frames.IncludeFunctionNameRegexes.Count;
        if (conditions > ConditionsMax) throw Invalid($"frame_filter has {conditions} include conditions; the limit is {ConditionsMax}");
        return filter with
        {
            IncludeNames = [.. frames.IncludeFunctionNames],
            ExcludeNames = [.. frames.ExcludeFunctionNames],
            IncludePatterns = [.. frames.IncludeFunctionNameRegexes.Select(Pattern)],
            ExcludePatterns = [.. frames.ExcludeFunctionNameRegexes.Select(Pattern)],
        };
    }

    private static Regex Pattern(string text) =>
        Re2.TryCreate(text, anchored: false, out var regex, out var error) ? regex : throw Invalid($"frame_filter: {error}");

    private static Guid ProfileId(string text) =>
        Guid.TryParse(text, out var id) ? id : throw Invalid($"invalid profile id '{text}': expected a UUID");

    private static ulong Span(string text) =>
        SpanId.TryParseSpan(text, out var span) ? span : throw Invalid($"invalid span id length or digits: '{text}': expected 16 hex digits");

    private static UInt128 Trace(string text) =>
        SpanId.TryParseTrace(text, out var trace) ? trace : throw Invalid($"invalid trace id length or digits: '{text}': expected 32 hex digits");

    private static RpcException Invalid(string message) => new(RpcCode.InvalidArgument, message);
}
