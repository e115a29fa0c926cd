using Kagari.Profiles;

namespace Kagari.Server.Relabeling;

/// <summary>The rules that stand before (or after) a tenant's own.</summary>
internal static class DefaultRules
{
    /// <summary>godeltaprof's names lose their prefix; CPU time that a wall profile carries becomes a CPU profile.</summary>
    public static IReadOnlyList<RelabelRule> All { get; } =
    [
        new(RelabelAction.Replace, [LabelNames.Name], regex: "godeltaprof_(.*)", targetLabel: LabelNames.Delta, replacement: "false"),
        new(RelabelAction.Replace, [LabelNames.Name], regex: "(godeltaprof_.*)", targetLabel: LabelNames.NameReplaced),
        new(RelabelAction.Replace, [LabelNames.Name], regex: "godeltaprof_(.*)", targetLabel: LabelNames.Name),
        new(RelabelAction.Replace, [LabelNames.Name, LabelNames.Type], regex: "wall;cpu", targetLabel: LabelNames.NameReplaced, replacement: "wall"),
        new(RelabelAction.Replace, [LabelNames.Name, LabelNames.Type], regex: "wall;cpu", targetLabel: LabelNames.Name, replacement: "process_cpu"),
    ];

    /// <summary>The default and the tenant's rules in the order that the tenant asks for.</summary>
    public static IEnumerable<RelabelRule> Combine(Limits.TenantLimits limits) => limits.IngestionRelabelingDefaultRulesPosition switch
    {
        "first" => All.Concat(limits.IngestionRelabelingRules),
        "last" => limits.IngestionRelabelingRules.Concat(All),
        _ => limits.IngestionRelabelingRules,
    };
}
