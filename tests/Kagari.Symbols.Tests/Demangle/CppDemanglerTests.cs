using System.Text;

namespace Kagari.Symbols.Tests.Demangle;

/// <summary>C++ names as <c>c++filt</c> writes them.</summary>
public sealed class CppDemanglerTests
{
    [Fact]
    public void Demangle_EachSymbolOfTheStandardLibrary_IsWhatCppfiltSays()
    {
        var library = Tool.Run("g++", ["-print-file-name=libstdc++.a"]).Trim();
        Compare(Symbols("nm", library), allowedDifferences: 0);
    }

    [Fact]
    public void Demangle_EachSymbolOfAProgram_IsWhatCppfiltSays() =>
        Compare(Symbols("nm", Compiled.Program("g++", "shapes.cpp", "-std=c++17 -O0 -g")), allowedDifferences: 0);

    /// <summary>KAGARI_SYMBOLS_FILE may name a file of names or a library to try by hand.</summary>
    [Fact]
    public void Demangle_EachSymbolOfANamedFile_IsWhatCppfiltSays()
    {
        if (Environment.GetEnvironmentVariable("KAGARI_SYMBOLS_FILE") is not { Length: > 0 } file) return;
        Compare(file.EndsWith(".txt", StringComparison.Ordinal) ? [.. File.ReadAllLines(file)] : Symbols("nm", file, "-D"), allowedDifferences: 0);
    }

    private static List<string> Symbols(string tool, string file, params string[] options) =>
        [.. Tool.Run(tool, [.. options, file]).Split('\n').Select(line => line[(line.LastIndexOf(' ') + 1)..].Split('@')[0])
            .Where(name => name.StartsWith("_Z", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal)];

    private static void Compare(List<string> names, int allowedDifferences)
    {
        names.Count.ShouldBeGreaterThan(100);
        var expected = Tool.Run("c++filt", ["-i"], string.Join('\n', names) + "\n").Split('\n');
        var (text, wrong, unspaced) = (new StringBuilder(), 0, 0);
        for (var i = 0; i < names.Count; i++)
        {
            var actual = Demangler.Demangle(names[i]);
            if (actual == expected[i]) continue;
            if (Unspaced(actual) == Unspaced(expected[i])) unspaced++;
            else if (++wrong < 10) text.Append($"\n{names[i]}\n  ours   {actual}\n  theirs {expected[i]}");
        }
        wrong.ShouldBeLessThanOrEqualTo(allowedDifferences, $"of {names.Count} names:{text}");
        unspaced.ShouldBeLessThan((names.Count / 25) + 1);
    }

    /// <summary>Agreed: after a pack of no arguments c++filt forgets that <c>&gt;</c> came before, and writes none of the blanks between two of them.</summary>
    private static string Unspaced(string name) => name.Replace("> >", ">>", StringComparison.Ordinal).Replace("> >", ">>", StringComparison.Ordinal);
}
