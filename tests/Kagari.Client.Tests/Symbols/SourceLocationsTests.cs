using System.Reflection;
using System.Runtime.CompilerServices;
using Kagari.Client.Symbols;
using Kagari.Testing;

namespace Kagari.Client.Tests.Symbols;

/// <summary>Files and lines of methods, from PDBs that are there, within, elsewhere, or wrong.</summary>
public sealed class SourceLocationsTests
{
    private static readonly string s_module = typeof(SourceLocationsTests).Assembly.Location;

    private static readonly SourceLocations s_locations = new();

    [Fact]
    public void Of_PdbBesideTheModule_IsTheFirstStatement() => s_locations.Of(s_module, TokenOf(nameof(Here))).ShouldBe(Here());

    [Fact]
    public async Task Of_MethodThatStartsAStateMachine_IsTheFirstStatementToo() =>
        s_locations.Of(s_module, TokenOf(nameof(HereAsync))).ShouldBe(await HereAsync());

    [Fact]
    public void Of_NameWithoutToken_IsTheSame()
    {
        var type = typeof(SourceLocationsTests).FullName!;
        s_locations.Of(s_module, type, nameof(Here)).ShouldBe(Here());
        s_locations.Of(s_module, $"{type}+Box`1[System.__Canon]", nameof(Box<object>.Open)).ShouldBe(Box<string>.Open());
        s_locations.Of(s_module, type, "Nowhere").ShouldBe(("", 0));
    }

    [Fact]
    public void Of_PdbWithinTheModule_IsFound()
    {
        var module = Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Client.Scenarios", "release", "Kagari.Client.Scenarios.dll");
        File.Exists(Path.ChangeExtension(module, ".pdb")).ShouldBeFalse("its PDB should be within it");
        Enumerable.Range(1, 100).Select(row => s_locations.Of(module, 0x06000000 | row).File).ShouldContain(f => f.EndsWith("/Lines.cs"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x06000000)]
    [InlineData(0x06ffffff)]
    [InlineData(0x02000001)]
    [InlineData(-1)]
    public void Of_TokenOfNoMethod_IsUnknown(int token) => s_locations.Of(s_module, token).ShouldBe(("", 0));

    [Theory]
    [InlineData("")]
    [InlineData("/nowhere/App.dll")]
    [InlineData("/dev/null")]
    [InlineData("\0")]
    public void Of_NoModule_IsUnknown(string module) => s_locations.Of(module, 0x06000001).ShouldBe(("", 0));

    [Fact]
    public void Of_ModuleWithoutPdb_IsUnknown()
    {
        using var folder = new TemporaryDirectory();
        s_locations.Of(CopyTo(folder.Path, s_module), TokenOf(nameof(Here))).ShouldBe(("", 0));
    }

    [Fact]
    public void Of_PdbOfAnotherModule_IsRefused()
    {
        using var folder = new TemporaryDirectory();
        var module = CopyTo(folder.Path, s_module);
        File.Copy(Path.ChangeExtension(typeof(SourceLocations).Assembly.Location, ".pdb"), Path.ChangeExtension(module, ".pdb"));
        s_locations.Of(module, TokenOf(nameof(Here))).ShouldBe(("", 0));
    }

    internal static string CopyTo(string folder, string file)
    {
        var copy = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, copy);
        return copy;
    }

    private static int TokenOf(string method) => typeof(SourceLocationsTests).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MetadataToken;

    private static (string File, int Line) Here()
    {
        return Caller();
    }

    private static async Task<(string File, int Line)> HereAsync()
    {
        var here = Caller();
        await Task.Yield();
        return here;
    }

    private static (string File, int Line) Caller([CallerFilePath] string file = "", [CallerLineNumber] int line = 0) => (file, line);

    private static class Box<T>
    {
        public static (string File, int Line) Open()
        {
            return Caller();
        }
    }
}
