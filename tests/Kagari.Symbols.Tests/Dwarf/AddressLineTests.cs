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
        Compare(Compiled.Program(compiler, source, options), Compiled.Program(compiler, source, options));

    /// <summary>addr2line knows nothing of the 64-bit form in GCC's output; but the code is the same, and so must be the answers.</summary>
    [Theory]
    [InlineData("gcc", "plain.c", "-gdwarf-5 -O2", "-gdwarf64")]
    [InlineData("gcc", "plain.c", "-gdwarf-3 -O2", "-gdwarf64")]
    [InlineData("g++", "shapes.cpp", "-std=c++17 -gdwarf-5 -O2", "-gdwarf64")]
    public void TryResolve_AnotherFormOfTheSame_IsWhatAddr2lineSaysOfTheFirst(string compiler, string source, string options, string form) =>
        Compare(Compiled.Program(compiler, source, $"{options} {form}"), Compiled.Program(compiler, source, options));

    [Fact]
    public void TryResolve_DebugFileAlone_IsWhatAddr2lineSaysOfTheWhole()
    {
        var whole = Compiled.Program("g++", "shapes.cpp", "-std=c++17 -g -O2");
        Compare(Compiled.Derived(whole, "objcopy", "--only-keep-debug"), whole);
    }

    [Fact]
    public void TryResolve_CompressedAfterwards_IsWhatAddr2lineSaysOfTheWhole()
    {
        var whole = Compiled.Program("g++", "shapes.cpp", "-std=c++17 -g -O2");
        Compare(Compiled.Derived(whole, "objcopy", "--compress-debug-sections=zlib"), whole);
    }

    [Fact]
    public void TryResolve_32Bit_IsWhatAddr2lineSays()
    {
        if (Tool.Try("gcc", ["-m32", "-xc", "-", "-o", "/dev/null"], "int main(){}").Status != 0) Assert.Skip("gcc has no 32-bit libraries (gcc-multilib).");
        var file = Compiled.Program("gcc", "plain.c", "-m32 -g -O2");
        Compare(file, file);
    }

    [Theory]
    [InlineData("plain.c", "-g -O2")]
    [InlineData("plain.c", "-gdwarf-4 -O2 -flto")]
    public void TryResolve_OfClang_IsWhatAddr2lineSays(string source, string options)
    {
        if (!Tool.Exists("clang")) Assert.Skip("clang is missing.");
        var file = Compiled.Program("clang", source, options);
        Compare(file, file);
    }

    [Fact]
    public void TryResolve_OfClangAndCpp_IsWhatAddr2lineSays()
    {
        if (!Tool.Exists("clang++")) Assert.Skip("clang is missing.");
        var file = Compiled.Program("clang++", "shapes.cpp", "-std=c++17 -g -O2");
        Compare(file, file);
    }

    [Fact]
    public void TryResolve_OfRust_IsWhatAddr2lineSays()
    {
        var file = RustProgram.Build("-C debuginfo=2 -C opt-level=2");
        Compare(file, file, step: 17);
    }

    [Fact]
    public void TryResolve_OfGo_IsWhatAddr2lineSays()
    {
        var file = GoPclntab.GoProgramTests.Build("");
        Compare(file, file, step: 23);
    }

    private static void Compare(string file, string asked, int step = 1)
    {
        var symbols = Compiled.Read(file);
        var sized = SizedSymbols(asked);
        var frames = new List<SymbolFrame>();
        var (count, inlined, agreed) = (0, 0, 0);
        var doubtful = new Dictionary<ulong, (List<SymbolFrame> Ours, List<(string, string, int)> Theirs)>();
        foreach (var (address, expected) in AddressOracle.Ask(asked, AddressOracle.Addresses(asked, step)))
        {
            frames.Clear();
            symbols.TryResolve(address, frames);
            count++;
            if (expected.Count > 1) inlined++;
            var actual = Draw(frames.Select(f => (f.Function, f.File, f.Line)));
            if (actual == Draw(expected)) continue;
            if (IsAgreed(frames, expected, isInSymbol: sized.Any(s => address >= s.Start && address < s.End))) agreed++;
            else doubtful[address] = ([.. frames], expected);
        }
        var differences = new StringBuilder();
        var wrong = doubtful.Count == 0 ? 0 : Judge(file, doubtful, differences);
        wrong.ShouldBe(0, $"of {count} addresses, {inlined} with inlined calls, {agreed} agreed:{differences}");
    }

    /// <summary>Where addr2line says something else a second witness is heard: it must see every call, file and line as we do.</summary>
    private static int Judge(string file, Dictionary<ulong, (List<SymbolFrame> Ours, List<(string, string, int)> Theirs)> doubtful, StringBuilder differences)
    {
        var blocks = Tool.Run("llvm-symbolizer", ["-e", file], string.Join('\n', doubtful.Keys.Select(a => $"0x{a:x}")) + "\n").Replace("./<autogenerated>", "<autogenerated>", StringComparison.Ordinal).Split("\n\n");
        var wrong = 0;
        foreach (var ((address, (ours, theirs)), block) in doubtful.Zip(blocks))
        {
            var places = block.Split('\n').Where((_, i) => i % 2 == 1).Select(place => place[..place.LastIndexOf(':')]);
            if (places.SequenceEqual(ours.Select(f => $"{f.File}:{f.Line}"))) continue;
            if (++wrong < 5) differences.Append($"\n{address:x}: ours {Draw(ours.Select(f => (f.Function, f.File, f.Line)))}\n addr2line {Draw(theirs)}\n llvm {block.Replace('\n', ' ')}");
        }
        return wrong;
    }

    /// <summary>The differences that are agreed, each for a reason.</summary>
    private static bool IsAgreed(List<SymbolFrame> ours, List<(string Function, string File, int Line)> theirs, bool isInSymbol)
    {
        // Padding between functions: addr2line names the function before it, we none.
        if (ours.Count == 0) return !isInSymbol && theirs.Count == 1;
        // What addr2line finds no unit for, as where DWARF 2 cannot say that a unit has two pieces: it only knows the
        // symbol, and the name of the file that symbol tables have.
        if (theirs is [{ Line: 0 } only]) return WithoutClone(only.Function) == WithoutClone(ours[^1].Function) || only.Function.Length == 0
            // Go's table leaves out the arguments of generic functions.
            || (ours[^1].Function.Contains("[...]", StringComparison.Ordinal) && only.Function.Split('[')[0] == ours[^1].Function.Split('[')[0]);
        if (ours.Count != theirs.Count) return false;
        for (var i = 0; i < ours.Count; i++)
        {
            // addr2line counts the files of link-time units from the wrong one.
            if (ours[i].Line != theirs[i].Line || (ours[i].File != theirs[i].File && !theirs[i].File.EndsWith("/<artificial>", StringComparison.Ordinal))) return false;
            // Parts that were split off are shown as the function they are of, and functions without linkage name with their scope.
            if (WithoutClone(theirs[i].Function) == ours[i].Function) continue;
            if (theirs[i].Function == ours[i].SystemName && ours[i].Function.EndsWith("::" + theirs[i].Function, StringComparison.Ordinal)) continue;
            // Go's symbols tell how a function is called.
            if (theirs[i].Function == ours[i].Function + ".abi0") continue;
            // addr2line gives inlined functions without linkage name that of the function around them.
            if (i == 0 && WithoutClone(theirs[0].Function) == ours[^1].Function) continue;
            if (i == ours.Count - 1 && ours[i].Function.Contains($"::{theirs[i].Function}(", StringComparison.Ordinal)) continue;
            return false;
        }
        return true;
    }

    private static string WithoutClone(string name)
    {
        var clone = name.IndexOf(" [clone ", StringComparison.Ordinal);
        if (clone < 0 && !name.Contains('(', StringComparison.Ordinal)) clone = name.IndexOf('.', StringComparison.Ordinal);
        return clone > 0 ? name[..clone] : name;
    }

    private static List<(ulong Start, ulong End)> SizedSymbols(string file) => [.. Tool.Run("nm", ["-S", file]).Split('\n')
        .Select(line => line.Split(' ')).Where(parts => parts is [{ Length: 16 }, { Length: 16 }, "t" or "T" or "W" or "i", _])
        .Select(parts => (Start: Convert.ToUInt64(parts[0], 16), Size: Convert.ToUInt64(parts[1], 16))).Select(s => (s.Start, s.Start + s.Size))];

    private static string Draw(IEnumerable<(string Function, string File, int Line)> frames)
    {
        var text = string.Join(" < ", frames.Select(f => $"{f.Function} {f.File}:{f.Line}"));
        return text == " :0" ? "" : text;
    }
}
