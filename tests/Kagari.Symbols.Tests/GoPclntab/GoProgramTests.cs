using System.Text;

namespace Kagari.Symbols.Tests.GoPclntab;

/// <summary>Go programs with and without debug information, compared with Go's own tool and with each other.</summary>
public sealed class GoProgramTests
{
    /// <summary>Go's tool tells the function that the code belongs to, and the innermost place. It reads no PIE, and says -1 in padding.</summary>
    [Fact]
    public void TryResolve_Stripped_IsWhatGosToolSaysOfTheWhole()
    {
        var whole = Build("");
        var symbols = Compiled.Read(Compiled.Derived(whole, "objcopy", "--strip-all"));
        var addresses = AddressOracle.Addresses(whole, step: 7);
        var expected = Tool.Run("go", ["tool", "addr2line", whole], string.Join('\n', addresses.Select(a => $"0x{a:x}")) + "\n").Replace(":-1\n", ":0\n", StringComparison.Ordinal).Split('\n');
        var (text, wrong, inlined) = (new StringBuilder(), 0, 0);
        var frames = new List<SymbolFrame>();
        for (var i = 0; i < addresses.Count; i++)
        {
            frames.Clear();
            var isKnown = symbols.TryResolve(addresses[i], frames);
            if (frames.Count > 1) inlined++;
            var actual = isKnown ? $"{frames[^1].Function} {frames[0].File}:{frames[0].Line}" : "? ?:0";
            if (actual != $"{expected[2 * i]} {expected[(2 * i) + 1]}" && ++wrong < 20)
                text.Append($"\n{addresses[i]:x}: ours {actual} theirs {expected[2 * i]} {expected[(2 * i) + 1]}");
        }
        wrong.ShouldBe(0, $"of {addresses.Count}:{text}");
        inlined.ShouldBeGreaterThan(addresses.Count / 20);
    }

    /// <summary>The runtime's own tables and DWARF are written from the same facts.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("-buildmode=pie")]
    public void TryResolve_Stripped_HasTheInlinedCallsOfDebugInformation(string mode)
    {
        var file = Build(mode);
        var (whole, stripped) = (Compiled.Read(file), Compiled.Read(Compiled.Derived(file, "objcopy", "--strip-all")));
        var (text, wrong, count) = (new StringBuilder(), 0, 0);
        foreach (var address in AddressOracle.Addresses(file, step: 3))
        {
            var (expected, actual) = (Draw(whole, address), Draw(stripped, address));
            count++;
            if (actual != expected && ++wrong < 20) text.Append($"\n{address:x}: table {actual}\n      dwarf {expected}");
        }
        wrong.ShouldBeLessThanOrEqualTo(count / 100, $"of {count}:{text}");
    }

    private static string Draw(ExecutableSymbols symbols, ulong address)
    {
        var frames = new List<SymbolFrame>();
        symbols.TryResolve(address, frames);
        return string.Join(" < ", frames.Select(f => $"{f.Function} {f.File}:{f.Line}"));
    }

    public static string Build(string mode) => Compiled.Made($"go {mode}", file =>
        Tool.Run("go", ["build", "-o", file, .. mode.Length > 0 ? [mode] : Array.Empty<string>(), "."], folder: Compiled.Source("go"), environment: ("GOFLAGS", "-buildvcs=false")));
}
