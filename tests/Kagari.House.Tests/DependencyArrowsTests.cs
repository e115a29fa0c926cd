using System.Xml.Linq;
using Kagari.Testing;

namespace Kagari.House.Tests;

/// <summary>Dependencies point inward: this table is the architecture, the project files must follow it.</summary>
public sealed class DependencyArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Kagari.Profiles"] = [],
        ["Kagari.Symbols"] = [],
        ["Kagari.Wire"] = ["Kagari.Profiles"],
        ["Kagari.Client"] = ["Kagari.Profiles"],
        ["Kagari.Client.Hosting"] = ["Kagari.Client"],
        ["Kagari.Pyroscope"] = ["Kagari.Client"],
        ["Kagari.Pyroscope.OpenTelemetry"] = ["Kagari.Client", "Kagari.Pyroscope"],
        ["Kagari.Storage"] = ["Kagari.Profiles"],
        ["Kagari.Query"] = ["Kagari.Profiles", "Kagari.Storage"],
        ["Kagari.Server"] = ["Kagari.Profiles", "Kagari.Storage", "Kagari.Query", "Kagari.Wire", "Kagari.Symbols"],
        ["Kagari.Cli"] = ["Kagari.Profiles", "Kagari.Storage", "Kagari.Query", "Kagari.Wire", "Kagari.Server", "Kagari.Symbols", "Kagari.Client"],
    };

    public static TheoryData<string> Projects() =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.csproj", SearchOption.AllDirectories)
            .Select(f => Path.GetFileNameWithoutExtension(f)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_OfEachProject_PointInward(string project)
    {
        Allowed.ShouldContainKey(project, $"{project} is new: give it its place in this table and in ARCHITECTURE.md.");
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        var references = XDocument.Load(file).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
        references.ShouldBeSubsetOf(Allowed[project]);
    }

    [Theory]
    [InlineData("Kagari.Profiles")]
    [InlineData("Kagari.Symbols")]
    [InlineData("Kagari.Client")]
    [InlineData("Kagari.Client.Hosting")]
    [InlineData("Kagari.Pyroscope")]
    public void Leaves_UseNothingButTheFramework(string project)
    {
        var file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        XDocument.Load(file).Descendants("PackageReference").ShouldBeEmpty();
    }
}
