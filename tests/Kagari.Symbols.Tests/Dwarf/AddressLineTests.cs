using System.Text;

namespace Kagari.Symbols.Tests.Dwarf;

/// <summary>Compares every answer with that of <c>addr2line</c>, over all code of programs compiled in many ways.</summary>
public sealed class AddressLineTests
{
    public static TheoryData<string, string, string> Programs() => new()
    {
        { "gcc", "plain.c", "-g -O2" },
        { "gcc", "plain.c", "-g -O0" },
        { "gcc", "plain.c", "-gdwarf-2 -gstrict-dwarf -O2" },
        { "gcc", "plain.c", "-gdwarf-3 -gstrict-dwarf -O2" },
        { "gcc", "plain.c", "-gdwarf-4 -O2 -no-pie" },
        { "gcc", "plain.c", "-gdwarf-5 -gdwarf64 -O2" },
        { "gcc", "plain.c", "-g -gz=zlib -O2" },
        { "gcc", "plain.c", "-g -gz=zlib-gnu -O2" },
        { "gcc", "plain.c", "-g -O2 -fPIC -shared -DLIBRARY" },
        { "gcc", "plain.c", "-g -O2 -ffunction-sections -Wl,--gc-sections" },
        { "gcc", "plain.c", "-g -O2 -flto" },
        { "g++", "shapes.cpp", "-std=c++17 -g -O0" },
        { "g++", "shapes.cpp", "-std=c++17 -g -O2" },
        { "g++", "shapes.cpp", "-std=c++17 -gdwarf-4 -O3" },
        { "g++", "shapes.cpp", "-std=c++17 -gdwarf-2 -O1 -fdebug-types-section" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void TryResolve_AllCode_IsWhatAddr2lineSays(string compiler, string source, string options) =>
        Compare(Compiled.Program(compiler, source, options));

    private static void Compare(string file)
    {
        var symbols = Compiled.Read(file);
        var frames = new List<SymbolFrame>();
        var (differences, count, inlined) = (new StringBuilder(), 0, 0);
        var wrong = 0;
        foreach (var (address, expected) in AddressOracle.Ask(file, AddressOracle.Addresses(file, step: 1)))
        {
            frames.Clear();
            symbols.TryResolve(address, frames);
            count++;
            if (expected.Count > 1) inlined++;
            var actual = Draw(frames.Select(f => (f.Function, f.File, f.Line)));
            if (actual == Draw(expected)) continue;
            if (++wrong < 20) differences.Append($"\n{address:x}: ours {actual}\n      theirs {Draw(expected)}");
        }
        wrong.ShouldBe(0, $"of {count} addresses, {inlined} with inlined calls:{differences}");
    }

    private static string Draw(IEnumerable<(string Function, string File, int Line)> frames)
    {
        var text = string.Join(" < ", frames.Select(f => $"{f.Function} {f.File}:{f.Line}"));
        return text == " :0" ? "" : text;
    }
}
