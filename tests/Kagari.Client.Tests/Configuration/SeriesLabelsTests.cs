using Kagari.Client.Configuration;

namespace Kagari.Client.Tests.Configuration;

public sealed class SeriesLabelsTests
{
    [Fact]
    public void Of_OptionsWithLabels_GivesAllSorted()
    {
        var options = OptionsLoaderTests.Load(configure: o =>
        {
            o.ServiceName = "cart";
            o.Labels["region"] = "eu";
            o.Labels["Zone"] = "a";
        });
        SeriesLabels.Of(options, "process_cpu").Select(l => $"{l.Key}={l.Value}").ShouldBe(
        [
            "Zone=a", "__name__=process_cpu", "otel.scope.name=com.kagari/dotnet", $"otel.scope.version={SeriesLabels.Version}", "process.runtime.name=.NET",
            $"process.runtime.version={Environment.Version}", "region=eu", "service_name=cart", "spy_name=dotnetspy",
        ]);
        SeriesLabels.Version.ShouldBe("0.1.0");
    }
}
