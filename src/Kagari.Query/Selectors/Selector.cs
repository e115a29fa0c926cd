using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>All conditions that a series must pass, as <c>{service_name="cart",pod=~"api-.*"}</c>.</summary>
public sealed class Selector
{
    /// <summary>A selector of these conditions.</summary>
    public Selector(IReadOnlyList<LabelMatcher> matchers) => Matchers = matchers;

    /// <summary>Passes everything.</summary>
    public static Selector All { get; } = new([]);

    /// <summary>The conditions.</summary>
    public IReadOnlyList<LabelMatcher> Matchers { get; }

    /// <summary>Whether a series passes.</summary>
    public bool Matches(LabelSet labels)
    {
        foreach (var matcher in Matchers)
            if (!matcher.Matches(labels[matcher.Name])) return false;
        return true;
    }

    /// <summary>Whether a dataset of this service can have series that pass: what planning prunes by.</summary>
    public bool MayMatchService(string service)
    {
        foreach (var matcher in Matchers)
            if (matcher.Name is LabelNames.ServiceName or LabelNames.PrivateServiceName && !matcher.Matches(service)) return false;
        return true;
    }

    /// <summary>Both selectors' conditions.</summary>
    public Selector And(Selector other) => new([.. Matchers, .. other.Matchers]);

    /// <summary>These conditions and one more.</summary>
    public Selector And(LabelMatcher matcher) => new([.. Matchers, matcher]);

    /// <inheritdoc/>
    public override string ToString() => "{" + string.Join(",", Matchers) + "}";
}
