using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Simulation;

/// <summary>A question in two forms: for the system, and as plain conditions for the model.</summary>
internal sealed record ModelQuery(
    string[] Tenants, long TimeNanosMin, long TimeNanosMax, string Selector, Func<LabelSet, bool> Matches, StackFilter Filter, Func<ModelSample, bool> Counts)
{
    /// <summary>The one type of an export.</summary>
    public string? Type { get; init; }

    /// <summary>Everything of a tenant.</summary>
    public static ModelQuery Everything(params string[] tenants) => new(tenants, 0, long.MaxValue / 2, "{}", static _ => true, StackFilter.None, static _ => true);

    public SeriesQuery ToSeriesQuery() =>
        SelectorParser.TryParse(Selector, out var selector, out var error)
            ? new SeriesQuery(Tenants, TimeNanosMin, TimeNanosMax, selector)
            : throw new InvalidOperationException($"BUG: {error}");

    public bool Selects(ModelPush push) =>
        Tenants.Contains(push.Tenant) && push.Identity.TimeNanos >= TimeNanosMin && push.Identity.TimeNanos <= TimeNanosMax;

    public override string ToString() =>
        $"{Selector} of {string.Join('+', Tenants)} in [{TimeNanosMin / 1_000_000}, {TimeNanosMax / 1_000_000}] ms{(Filter == StackFilter.None ? "" : ", filtered")}";
}
