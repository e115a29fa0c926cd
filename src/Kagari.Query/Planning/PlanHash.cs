using System.Text;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>A hash of what a query reads and asks: equal where the answer must be equal.</summary>
/// <remarks>
/// Blocks never change, and the first segments of a chain do not either. So an answer stays right for as long as the
/// plan has the same sources: time that passes, and data that comes elsewhere, do not matter. Debug information does.
/// </remarks>
internal static class PlanHash
{
    public static UInt128 Of(IReadOnlyList<IReadOnlyList<DataSource>> plans, SeriesQuery query, StackFilter filter, IReadOnlyList<long> symbolVersions)
    {
        var bytes = new FlatList<byte>();
        foreach (var (tenant, sources) in query.Tenants.Zip(plans))
        {
            Add(ref bytes, tenant);
            foreach (var source in sources) Add(ref bytes, source, query);
        }
        foreach (var version in symbolVersions) Add(ref bytes, version);
        foreach (var matcher in query.Selector.Matchers) Add(ref bytes, matcher.ToString());
        // Lengths tell the lists apart: any text may be a name.
        Add(ref bytes, filter.CallSite);
        Add(ref bytes, filter.IncludeNames);
        Add(ref bytes, filter.ExcludeNames);
        Add(ref bytes, [.. filter.IncludePatterns.Select(p => p.ToString())]);
        Add(ref bytes, [.. filter.ExcludePatterns.Select(p => p.ToString())]);
        foreach (var span in filter.Spans.Order()) Add(ref bytes, (long)span);
        Add(ref bytes, filter.Traces.Count);
        foreach (var trace in filter.Traces.Order())
        {
            Add(ref bytes, (long)(ulong)trace);
            Add(ref bytes, (long)(ulong)(trace >> 64));
        }
        foreach (var profile in filter.ProfileIds.Order()) bytes.AddRange(profile.ToByteArray());
        return new UInt128(XxHash64.Of(bytes.Span), XxHash64.Of(bytes.Span, 1));
    }

    private static void Add(ref FlatList<byte> bytes, DataSource source, SeriesQuery query)
    {
        Add(ref bytes, source.ObjectKey);
        Add(ref bytes, source.Service);
        if (source is BlockSource block)
        {
            Add(ref bytes, block.Number);
            Add(ref bytes, source.TimeNanosMin);
            Add(ref bytes, source.TimeNanosMax);
            return;
        }
        var chain = ((ChainSource)source).Chain;
        Add(ref bytes, chain.Key.Generation);
        foreach (var entry in chain.Selected) Add(ref bytes, entry);
        // The ends of the range choose among the rows of a segment that reaches beyond it.
        Add(ref bytes, Math.Max(query.TimeNanosMin, source.TimeNanosMin));
        Add(ref bytes, Math.Min(query.TimeNanosMax, source.TimeNanosMax));
    }

    private static void Add(ref FlatList<byte> bytes, IReadOnlyList<string> texts)
    {
        Add(ref bytes, texts.Count);
        foreach (var text in texts) Add(ref bytes, text);
    }

    private static void Add(ref FlatList<byte> bytes, string text)
    {
        Add(ref bytes, text.Length);
        bytes.AddRange(Encoding.UTF8.GetBytes(text));
    }

    private static void Add(ref FlatList<byte> bytes, long number) => bytes.AddRange(BitConverter.GetBytes(number));
}
