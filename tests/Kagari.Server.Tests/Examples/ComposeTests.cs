using Kagari.Testing;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Tests.Examples;

/// <summary>The demo's Compose file. No Docker runs it here, so what it names is looked up: folders, files, services.</summary>
public sealed class ComposeTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "deploy", "compose", "rideshare");

    [Fact]
    public void Builds_OfAllServices_NameFilesThatAreThere()
    {
        foreach (var (service, settings) in Services())
        {
            var build = Merged(settings, "build").ShouldBeOfType<YamlMappingNode>(service);
            var context = Path.GetFullPath(Path.Combine(Folder, build["context"].ToString()));
            var dockerfile = Path.Combine(context, build["dockerfile"].ToString());
            File.Exists(dockerfile).ShouldBeTrue($"{service}: {dockerfile}");
            foreach (var copied in File.ReadLines(dockerfile).Where(l => l.StartsWith("COPY ", StringComparison.Ordinal) && !l.Contains("--from=")).SelectMany(SourcesOf))
                Directory.GetFileSystemEntries(context, copied).ShouldNotBeEmpty($"{service}: COPY {copied}");
        }
    }

    [Fact]
    public void Services_ThatAreNamedElsewhere_AreThere()
    {
        var services = Services();
        foreach (var (service, settings) in services)
        {
            if (Merged(settings, "depends_on") is YamlSequenceNode others)
                foreach (var other in others) services.ShouldContainKey(other.ToString(), service);
            foreach (var host in HostsIn(settings)) services.ShouldContainKey(host, service);
        }
        HostsIn(services["load"]).Count().ShouldBe(9);
        HostsIn(services["go-push"]).Count().ShouldBe(4);
    }

    private static Dictionary<string, YamlMappingNode> Services()
    {
        var file = new YamlStream();
        using (var text = File.OpenText(Path.Combine(Folder, "docker-compose.yml"))) file.Load(text);
        var services = (YamlMappingNode)file.Documents.Single().RootNode["services"];
        return services.ToDictionary(s => s.Key.ToString(), s => (YamlMappingNode)s.Value, StringComparer.Ordinal);
    }

    /// <summary>A setting of a service, or of what it begins with (<c>&lt;&lt;: *name</c>).</summary>
    private static YamlNode? Merged(YamlMappingNode settings, string name) =>
        settings.Children.TryGetValue(name, out var own) ? own
        : settings.Children.TryGetValue("<<", out var shared) ? Merged((YamlMappingNode)shared, name)
        : null;

    /// <summary>Hosts of the addresses in all texts of a service.</summary>
    private static IEnumerable<string> HostsIn(YamlMappingNode settings) =>
        settings.AllNodes.OfType<YamlScalarNode>()
            .Where(n => n.Value is { } text && text.Contains("http://"))
            .Select(n => new Uri(n.Value![n.Value!.IndexOf("http://", StringComparison.Ordinal)..]).Host);

    private static IEnumerable<string> SourcesOf(string copy) =>
        copy.Split(' ')[1..^1].Where(p => !p.StartsWith("--", StringComparison.Ordinal)).Select(p => p.TrimEnd('/'));
}
