using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Kagari.Server.Limits;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>The limit of a period, with the peer's keys. An empty section is none.</summary>
internal sealed class IngestionLimitKind() : SectionKind<IngestionLimit>("{period_type: hour, period_limit_mb: 1024, limit_reset_time: 1767225600, limit_reached: true}")
{
    private static readonly string[] Keys = ["period_type", "period_limit_mb", "limit_reset_time", "limit_reached", "sampling", "usage_groups"];

    public override string Format(IngestionLimit value) => value.Source.Length == 0 ? "{}" : value.Source;

    protected override bool TryReadSection(
        YamlMappingNode section, string source, [NotNullWhen(true)] out IngestionLimit? value, [NotNullWhen(false)] out string? error)
    {
        value = new IngestionLimit { Source = section.Children.Count == 0 ? "" : source };
        error = null;
        foreach (var (keyNode, node) in section.Children)
        {
            var key = KeyOf(keyNode);
            if (key == "sampling") TryReadSampling(node, ref value, out error);
            else if (key == "usage_groups") TryReadGroups(node, ref value, out error);
            else if (Keys.Contains(key)) TryReadValue(key, node, ref value, out error);
            else error = Unknown(key, Keys);
            if (error is null) continue;
            error = error.StartsWith("unknown", StringComparison.Ordinal) ? error : $"{key} {error}";
            return false;
        }
        return true;
    }

    private static void TryReadValue(string key, YamlNode node, ref IngestionLimit limit, out string? error)
    {
        var text = (node as YamlScalarNode)?.Value ?? "";
        error = null;
        switch (key)
        {
            case "period_type" when text.Length > 0: limit = limit with { PeriodType = text }; break;
            case "period_limit_mb" when TryNumber(node, 1 << 30, out var mb, out error): limit = limit with { PeriodLimitMb = mb }; break;
            case "limit_reset_time" when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var reset): limit = limit with { ResetTimeSeconds = reset }; break;
            case "limit_reached" when bool.TryParse(text, out var isReached): limit = limit with { IsReached = isReached }; break;
            default: error ??= $"is '{text}', which cannot be read"; break;
        }
    }

    private static void TryReadSampling(YamlNode node, ref IngestionLimit limit, out string? error)
    {
        error = node is YamlMappingNode ? null : "is no section";
        if (error is not null) return;
        foreach (var (key, value) in ((YamlMappingNode)node).Children)
        {
            switch (KeyOf(key))
            {
                case "num_requests" when TryNumber(value, int.MaxValue, out var requests, out error): limit = limit with { SamplingRequests = (int)requests }; break;
                case "period" when Durations.TryParse((value as YamlScalarNode)?.Value ?? "", out var period) && period > TimeSpan.Zero: limit = limit with { SamplingPeriod = period }; break;
                default: error ??= $"has '{KeyOf(key)}: {value}'; expected num_requests and period"; break;
            }
            if (error is not null) return;
        }
    }

    private static void TryReadGroups(YamlNode node, ref IngestionLimit limit, out string? error)
    {
        var groups = new Dictionary<string, GroupLimit>(StringComparer.Ordinal);
        error = node is YamlMappingNode ? null : "is no section";
        if (error is not null) return;
        foreach (var (name, group) in ((YamlMappingNode)node).Children)
        {
            var own = new GroupLimit(0, false);
            if (group is not YamlMappingNode keys)
            {
                error = $"of '{KeyOf(name)}' is no section";
                return;
            }
            foreach (var (key, value) in keys.Children)
            {
                switch (KeyOf(key))
                {
                    case "period_limit_mb" when TryNumber(value, 1 << 30, out var mb, out error): own = own with { PeriodLimitMb = mb }; break;
                    case "limit_reached" when bool.TryParse((value as YamlScalarNode)?.Value, out var isReached): own = own with { IsReached = isReached }; break;
                    default: error ??= $"of '{KeyOf(name)}' has '{KeyOf(key)}: {value}'; expected period_limit_mb and limit_reached"; break;
                }
                if (error is not null) return;
            }
            groups[KeyOf(name)] = own;
        }
        limit = limit with { UsageGroups = groups };
    }
}
