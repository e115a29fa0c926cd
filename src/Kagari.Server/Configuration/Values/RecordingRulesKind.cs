using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Server.RecordingRules;
using Kagari.Wire.Json;
using Kagari.Wire.Settings;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration.Values;

/// <summary>A list of recording rules with the names of <c>settings.v1.RecordingRule</c>; as flag or variable the same in one line (JSON works).</summary>
internal sealed class RecordingRulesKind()
    : RulesKind<RecordingRule>("recording rules", "[{metric_name: profiles_recorded_cpu, matchers: ['{__profile_type__=\"process_cpu:cpu:nanoseconds:cpu:nanoseconds\"}'], group_by: [service_name]}]")
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";
    private const int NewIdLength = 10;

    private static readonly string[] Keys = ["id", "metric_name", "profile_type", "matchers", "group_by", "external_labels", "generation", "stacktrace_filter", "provisioned"];

    protected override string FormatRule(RecordingRule rule) => JsonFormatter.Default.Format(rule);

    protected override bool TryReadRule(YamlMappingNode mapping, [NotNullWhen(true)] out RecordingRule? rule, [NotNullWhen(false)] out string? error)
    {
        rule = null;
        // A rule that is shown has names as in JSON, and can be written back.
        foreach (var key in mapping.Children.Keys)
            if (!TryKeyOf(key, [.. Keys, .. Keys.Select(Camel)], out _, out error)) return false;
        var json = Encoding.UTF8.GetBytes(ToJson(mapping)!.ToJsonString());
        if (!ProtoJson.TryRead<RecordingRule>(json, out var read, out error)) return false;
        if (!RuleChecks.TryCompile(read, out var compiled, out error)) return false;
        rule = compiled.Rule;
        (rule.Provisioned, rule.Generation) = (true, 0);
        if (rule.Id.Length == 0) rule.Id = IdOf(rule);
        return true;
    }

    /// <summary>The same for the same rule, so that its series go on after a restart.</summary>
    private static string IdOf(RecordingRule rule)
    {
        var hash = XxHash64.Of(rule.ToByteArray());
        var id = new char[NewIdLength];
        for (var i = 0; i < id.Length; i++, hash /= (ulong)Letters.Length) id[i] = Letters[(int)(hash % (ulong)Letters.Length)];
        return new string(id);
    }

    /// <summary>All values of a rule are texts, lists of them and sections.</summary>
    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Where(c => !IsFlag(c.Key)).DistinctBy(c => KeyText(c.Key)).Select(c => KeyValuePair.Create(KeyText(c.Key), ToJson(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        _ => JsonValue.Create((node as YamlScalarNode)?.Value ?? ""),
    };

    private static bool IsFlag(YamlNode key) => KeyText(key) == "provisioned";

    private static string KeyText(YamlNode key) => (key as YamlScalarNode)?.Value ?? "";

    private static string Camel(string key)
    {
        var parts = key.Split('_');
        return parts[0] + string.Concat(parts.Skip(1).Select(p => char.ToUpperInvariant(p[0]) + p[1..]));
    }
}
