using Kagari.Server.Configuration;
using Kagari.Server.Tenancy;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Limits;

/// <summary>Reads <c>overrides: {TENANT: {LIMIT: VALUE}}</c>.</summary>
internal static class OverridesFile
{
    private const string Root = "overrides";

    /// <summary>The limits of the tenants named, the rest of each from the defaults.</summary>
    /// <exception cref="ConfigurationException">The text cannot be used; it says all that is wrong.</exception>
    public static IReadOnlyDictionary<string, TenantLimits> Parse(string text, string file, TenantLimits defaults, Action<string> notice)
    {
        var tenants = new Dictionary<string, TenantLimits>(StringComparer.Ordinal);
        var findings = new Findings();
        if (!YamlText.TryParse(text, out var root, out var error)) findings.Error($"{file}: {error}");
        else if (Section(root, file, "the file", findings) is { } top)
        {
            foreach (var (keyNode, value) in top.Children)
            {
                if (keyNode is not YamlScalarNode { Value: Root })
                    findings.Error($"{file}:{keyNode.Start.Line}: unknown key '{keyNode}'; the nearest known key is '{Root}'");
                else if (Section(value, file, $"'{Root}'", findings) is { } overrides)
                    ReadTenants(overrides, file, defaults, tenants, findings);
            }
        }
        findings.ThrowIfAny();
        foreach (var sentence in findings.Notices) notice(sentence);
        return tenants;
    }

    private static void ReadTenants(
        YamlMappingNode overrides, string file, TenantLimits defaults, Dictionary<string, TenantLimits> tenants, Findings findings)
    {
        foreach (var (keyNode, value) in overrides.Children)
        {
            var tenant = (keyNode as YamlScalarNode)?.Value ?? "";
            if (TenantId.Check(tenant) is { } refused)
            {
                findings.Error($"{file}:{keyNode.Start.Line}: {refused}");
                continue;
            }
            var limits = new YamlSettings<TenantLimits>(LimitSettings.All, "limits.", $"{Root}.{tenant}.", findings).Apply(value, defaults, file);
            if (LimitChecks.Find(limits) is { } mismatch) findings.Error($"{file}:{keyNode.Start.Line}: tenant '{tenant}': {mismatch}");
            tenants.Add(tenant, limits);
        }
    }

    private static YamlMappingNode? Section(YamlNode node, string file, string what, Findings findings)
    {
        if (node is YamlMappingNode mapping) return mapping;
        if (!YamlText.IsNull(node)) findings.Error($"{file}:{node.Start.Line}: {what} must be a section with keys");
        return null;
    }
}
