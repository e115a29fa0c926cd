using System.Reflection;
using System.Text.Json;
using Kagari.Client.Configuration;
using Kagari.Testing;

namespace Kagari.Client.Tests.Configuration;

public sealed class ConfigurationGuideTests
{
    /// <summary>With KAGARI_ACCEPT=1 the guide is written anew.</summary>
    [Fact]
    public void Guide_InRepository_IsWhatTheTableSays()
    {
        var file = Path.Combine(Repository.Root, "docs", "guide", "dotnet-configuration.md");
        if (Environment.GetEnvironmentVariable("KAGARI_ACCEPT") == "1") File.WriteAllText(file, ConfigurationGuide.Write());
        File.ReadAllText(file).ShouldBe(ConfigurationGuide.Write(), "run this test with KAGARI_ACCEPT=1 and look at the difference");
    }

    [Fact]
    public void Table_EveryPublicProperty_HasAnEntry() =>
        OptionTable.All.Select(r => r.Property).Concat(OptionTable.CodeOnly.Select(c => c.Property))
            .ShouldBe(typeof(KagariOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name), ignoreOrder: true);

    /// <summary>A value per row that is not the default must arrive from each place, and be what the row writes.</summary>
    [Fact]
    public void Table_EveryRow_IsReadFromEachPlace()
    {
        foreach (var row in OptionTable.All)
        {
            var value = Other(row);
            foreach (var variable in row.Peers.Prepend(row.Variable)) Check(OptionsLoaderTests.Load(environment: [(variable, value)]), variable);
            Check(OptionsLoaderTests.Load([(row.Property, value)]), $"key {row.Property}");

            void Check(KagariOptions options, string source)
            {
                if (row.Property == nameof(KagariOptions.Labels)) options.Labels.ToArray().ShouldBe([new("a", "b")], source);
                else if (row.Property == nameof(KagariOptions.Headers)) options.Headers.ToArray().ShouldBe([new("a", "b")], source);
                else if (row.Property == nameof(KagariOptions.BearerToken)) options.BearerToken.ShouldBe(value, source);
                else row.Format(options).ShouldBe(value, source);
            }
        }
    }

    [Fact]
    public void Guide_Example_IsAConfiguration()
    {
        using var json = JsonDocument.Parse(ConfigurationGuide.Write().Split("```json\n")[1].Split("```")[0]);
        var messages = new List<ProfilerMessage>();
        var section = json.RootElement.GetProperty("Kagari");
        var options = OptionsLoaderTests.Load(
            [.. section.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).Select(p => (p.Name, p.Value.GetString()!)), ("Labels:region", section.GetProperty("Labels").GetProperty("region").GetString()!)],
            messages: messages);
        messages.ShouldBeEmpty();
        options.UploadInterval.ShouldBe(TimeSpan.FromSeconds(15));
        options.Labels["region"].ShouldBe("eu");
    }

    private static string Other(OptionRow row) => row.Property switch
    {
        nameof(KagariOptions.ServerAddress) => "https://other.example:1/x",
        nameof(KagariOptions.Profiles) => "Wall",
        nameof(KagariOptions.CpuSource) => "Sampler",
        nameof(KagariOptions.CpuPeriod) => "20ms",
        nameof(KagariOptions.UploadInterval) => "2m",
        nameof(KagariOptions.OverheadBudget) => "0.5",
        nameof(KagariOptions.LogLevel) => "Information",
        _ when row.IsMap => "a=b",
        _ when row.Kind.StartsWith("true", StringComparison.Ordinal) => row.Format(new KagariOptions()) == "true" ? "false" : "true",
        _ => "77",
    };
}
