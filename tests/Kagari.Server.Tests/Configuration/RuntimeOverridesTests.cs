using Kagari.Server.Configuration;
using Kagari.Server.Limits;

namespace Kagari.Server.Tests.Configuration;

public sealed class RuntimeOverridesTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(10);
    private static readonly TenantLimits Defaults = new() { MaxQueryLength = TimeSpan.FromDays(1), IngestionRateMb = 5 };

    private readonly ManualTime _time = new();
    private readonly List<string> _reports = [];
    private string? _text = "overrides: {a: {ingestion_rate_mb: 7}}";

    [Fact]
    public void For_TenantInFile_HasItsLimitsAndTheRestOfAll()
    {
        using var overrides = Open();
        overrides.For("a").IngestionRateMb.ShouldBe(7);
        overrides.For("a").MaxQueryLength.ShouldBe(TimeSpan.FromDays(1));
        overrides.For("b").ShouldBe(Defaults);
    }

    [Fact]
    public void Reload_ChangedFile_TakesEffectAfterThePeriod()
    {
        using var overrides = Open();
        _text = "overrides: {b: {max_query_length: 7d}}";
        overrides.For("b").MaxQueryLength.ShouldBe(TimeSpan.FromDays(1));
        _time.Advance(Period);
        overrides.For("b").MaxQueryLength.ShouldBe(TimeSpan.FromDays(7));
        overrides.For("a").ShouldBe(Defaults);
        _reports.ShouldBe(["overrides.yaml has changed; limits of 1 tenants are in force."]);
    }

    [Theory]
    [InlineData("overrides: {a: {ingestion_rate_mb: fast}}", "overrides.yaml has changed and cannot be used; the limits stay as they are: overrides.yaml:1: overrides.a.ingestion_rate_mb: 'fast' is no MiB")]
    [InlineData("overrides: {a: {ingestion_rate: 1}}", "overrides.yaml has changed and cannot be used; the limits stay as they are: overrides.yaml:1: unknown key 'overrides.a.ingestion_rate'; the nearest known key is 'overrides.a.ingestion_rate_mb'")]
    [InlineData("overrides: {a: 5}", "overrides.yaml has changed and cannot be used; the limits stay as they are: overrides.yaml:1: 'overrides.a' must be a section with keys")]
    [InlineData("override: {}", "overrides.yaml has changed and cannot be used; the limits stay as they are: overrides.yaml:1: unknown key 'override'; the nearest known key is 'overrides'")]
    [InlineData("overrides: {a/b: {}}", "overrides.yaml has changed and cannot be used; the limits stay as they are: overrides.yaml:1: tenant ID 'a/b' contains unsupported character '/'")]
    [InlineData(null, "overrides.yaml cannot be read; the limits stay as they are: gone")]
    public void Reload_BrokenFile_KeepsTheLastGoodOneAndReportsOnce(string? text, string report)
    {
        using var overrides = Open();
        _text = text;
        _time.Advance(Period);
        _time.Advance(Period);
        overrides.For("a").IngestionRateMb.ShouldBe(7);
        _reports.ShouldBe([report]);

        _text = "overrides: {a: {ingestion_rate_mb: 8}}";
        _time.Advance(Period);
        overrides.For("a").IngestionRateMb.ShouldBe(8);
    }

    [Fact]
    public void Reload_AfterDispose_NeverHappens()
    {
        var overrides = Open();
        overrides.Dispose();
        _text = "overrides: {a: {ingestion_rate_mb: 8}}";
        _time.Advance(Period);
        overrides.For("a").IngestionRateMb.ShouldBe(7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("overrides:")]
    [InlineData("overrides: {a: }")]
    public void Open_FileThatSaysNothing_GivesDefaults(string text)
    {
        _text = text;
        using var overrides = Open();
        overrides.For("a").ShouldBe(Defaults);
    }

    [Fact]
    public void Open_BrokenFile_Throws()
    {
        _text = "overrides: 5";
        Should.Throw<ConfigurationException>(() => Open().Dispose()).Message.ShouldBe("overrides.yaml:1: 'overrides' must be a section with keys");
    }

    [Fact]
    public void Open_PeersInsideKey_IsReported()
    {
        _text = "overrides: {a: {push_max_concurrency: 5}}";
        using var overrides = Open();
        _reports.ShouldBe(["overrides.yaml:1: 'overrides.a.push_max_concurrency' is ignored: pushes are bounded by ingester.pending_bytes_max."]);
    }

    private RuntimeOverrides Open() =>
        RuntimeOverrides.Open("overrides.yaml", Defaults, Period, _time, _reports.Add, _ => _text ?? throw new IOException("gone"));
}
