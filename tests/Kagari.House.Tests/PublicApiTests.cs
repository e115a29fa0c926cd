using System.Reflection;
using System.Text;
using Kagari.Testing;

namespace Kagari.House.Tests;

/// <summary>A public type is a promise: the snapshots in PublicApi/ show every change of one in the diff.</summary>
/// <remarks>To accept a change: KAGARI_ACCEPT=1 ./build.sh test House</remarks>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Kagari.Profiles")]
    [InlineData("Kagari.Client")]
    [InlineData("Kagari.Client.Hosting")]
    [InlineData("Kagari.Symbols")]
    [InlineData("Kagari.Pyroscope")]
    [InlineData("Kagari.Pyroscope.OpenTelemetry")]
    [InlineData("Kagari.Storage")]
    [InlineData("Kagari.Query")]
    [InlineData("Kagari.Server")]
    public void PublicApi_OfEachLibrary_IsTheSnapshot(string assembly)
    {
        var file = Path.Combine(Repository.Root, "tests", "Kagari.House.Tests", "PublicApi", assembly + ".txt");
        var actual = Describe(Assembly.Load(assembly));
        if (Environment.GetEnvironmentVariable("KAGARI_ACCEPT") == "1") File.WriteAllText(file, actual);
        File.Exists(file).ShouldBeTrue($"{file} is missing; accept it with KAGARI_ACCEPT=1 ./build.sh test House");
        actual.ShouldBe(File.ReadAllText(file), "the public API changed; look at the difference, then accept it with KAGARI_ACCEPT=1 ./build.sh test House");
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(m => m is not MethodBase { IsSpecialName: true } || m is ConstructorInfo)
                .Where(m => m is not Type && !m.Name.StartsWith('<') && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct"))
                .Select(m => $"  {m}").Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal);
            foreach (var member in members) text.Append(member).Append('\n');
        }
        return text.ToString();
    }
}
