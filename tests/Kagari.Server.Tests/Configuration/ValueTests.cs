using Kagari.Server.Configuration.Values;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Tests.Configuration;

public sealed class ValueTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("67108864", 67_108_864)]
    [InlineData("64MiB", 64 << 20)]
    [InlineData("64 mib", 64 << 20)]
    [InlineData("64MB", 64_000_000)]
    [InlineData("1.5GiB", 3L << 29)]
    [InlineData("4_194_304", 4 << 20)]
    [InlineData("5kB", 5_000)]
    [InlineData("9223372036854775807", long.MaxValue)]
    public void Bytes_WithAndWithoutUnit_AreRead(string text, long bytes) => Read(new BytesKind(), text).ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("MiB")]
    [InlineData("9999999999TiB")]
    public void Bytes_OfOtherText_AreRefused(string text) => Refused(new BytesKind(), text);

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1000, "1000")]
    [InlineData(1024, "1KiB")]
    [InlineData(96 << 20, "96MiB")]
    [InlineData(3L << 30, "3GiB")]
    public void Bytes_AreShownInTheLargestWholeUnit(long bytes, string text) => new BytesKind().Format(bytes).ShouldBe(text);

    [Theory]
    [InlineData("0", "0s")]
    [InlineData("5ms", "5ms")]
    [InlineData("1h30m", "90m")]
    [InlineData("25h0m0s", "25h")]
    [InlineData("7d", "7d")]
    [InlineData("1w", "7d")]
    [InlineData("1.5s", "1500ms")]
    public void Durations_AreShownInTheLargestWholeUnit(string text, string shown) => new DurationKind().Format(Read(new DurationKind(), text)).ShouldBe(shown);

    [Fact]
    public void Durations_Negative_AreRefused() => Refused(new DurationKind(), "-1s");

    [Fact]
    public void RelabelRules_OfJsonAndYaml_AreTheSame()
    {
        const string Json = """[{"action":"hashmod","source_labels":["pod"],"modulus":7,"target_label":"shard","separator":"$"}]""";
        const string Yaml = "- {action: HashMod, source_labels: [pod], modulus: 7, target_label: shard, separator: $}";
        foreach (var text in new[] { Json, Yaml })
        {
            var rule = Read(new RelabelRulesKind(), text).ShouldHaveSingleItem();
            (rule.Action, rule.SourceLabels.Single(), rule.Modulus, rule.TargetLabel, rule.Separator)
                .ShouldBe((Kagari.Server.Relabeling.RelabelAction.HashMod, "pod", 7UL, "shard", "$"));
        }
    }

    [Fact]
    public void RelabelRules_FromFile_DoWhatTheySay()
    {
        var rules = Loading.Load(yaml: """
            limits:
              ingestion_relabeling_rules:
                - source_labels: [namespace, app]
                  separator: /
                  regex: (?P<path>.*)
                  replacement: ${path}
                  target_label: service_name
                - action: labeldrop
                  regex: pod.*
            """).Options.Limits.IngestionRelabelingRules;
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["namespace"] = "shop", ["app"] = "cart", ["pod"] = "x", ["pod_hash"] = "y" };
        rules.ShouldAllBe(r => r.Apply(labels));
        labels.Select(l => $"{l.Key}={l.Value}").ShouldBe(["app=cart", "namespace=shop", "service_name=shop/cart"]);
    }

    private static T Read<T>(ValueKind<T> kind, string text)
    {
        kind.TryRead(new YamlScalarNode(text), out var value, out var error).ShouldBeTrue(error);
        return value!;
    }

    private static void Refused<T>(ValueKind<T> kind, string text) => kind.TryRead(new YamlScalarNode(text), out _, out _).ShouldBeFalse();
}
