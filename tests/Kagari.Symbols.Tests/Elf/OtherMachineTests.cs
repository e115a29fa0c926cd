using System.Text;

namespace Kagari.Symbols.Tests.Elf;

/// <summary>Both byte orders and word sizes, by programs for other machines; <c>llvm-symbolizer</c> reads them all.</summary>
public sealed class OtherMachineTests
{
    [Theory]
    [InlineData("powerpc64-linux-gnu", "")]
    [InlineData("powerpc-linux-gnu", "-gdwarf-4")]
    [InlineData("mips-linux-gnu", "-gdwarf-2")]
    [InlineData("armv7-linux-gnueabihf", "-marm")]
    [InlineData("armv7-linux-gnueabihf", "-mthumb")]
    [InlineData("aarch64-linux-gnu", "-gz=zlib")]
    public void TryResolve_AllCode_IsWhatLlvmSays(string machine, string options)
    {
        var file = Build(machine, options);
        var symbols = Compiled.Read(file);
        var addresses = AddressOracle.Addresses(file, step: 2);
        var blocks = Tool.Run("llvm-symbolizer", ["-e", file], string.Join('\n', addresses.Select(a => $"0x{a:x}")) + "\n").Split("\n\n");
        var (text, known) = (new StringBuilder(), 0);
        foreach (var (address, block) in addresses.Zip(blocks))
        {
            var lines = block.Split('\n');
            var expected = string.Join(" < ", lines.Index().Where(l => l.Index % 2 == 1).Select(l => $"{lines[l.Index - 1]} {l.Item[..l.Item.LastIndexOf(':')]}"));
            var actual = Draw(symbols, address);
            if (actual.Length > 0) known++;
            if (actual != (expected.StartsWith("?? ", StringComparison.Ordinal) ? "" : expected)) text.Append($"\n{address:x}: ours {actual}\n  theirs {expected}");
        }
        text.ToString().ShouldBe("");
        known.ShouldBeGreaterThan(10);
    }

    /// <summary>Sizes are those of the symbols, the lowest bit of Thumb is no address, and $t and $d are no names.</summary>
    [Theory]
    [InlineData("powerpc-linux-gnu", "-Wl,-s", null)]
    [InlineData("powerpc-linux-gnu", "-g0", "outer")]
    [InlineData("armv7-linux-gnueabihf", "-g0 -mthumb", "outer")]
    [InlineData("aarch64-linux-gnu", "-g0", "outer")]
    public void TryResolve_SymbolTableAlone_KnowsTheFunctionOfTheFirstByte(string machine, string options, string? expected)
    {
        var file = Build(machine, options);
        var frames = new List<SymbolFrame>();
        Compiled.Read(file).TryResolve(AddressOracle.Addresses(file, step: 2)[0], frames).ShouldBe(expected is not null);
        frames.Select(f => f.Function).ShouldBe(expected is null ? [] : [expected]);
    }

    private static string Draw(ExecutableSymbols symbols, ulong address)
    {
        var frames = new List<SymbolFrame>();
        symbols.TryResolve(address, frames);
        return string.Join(" < ", frames.Select(f => $"{f.Function} {f.File}:{f.Line}"));
    }

    private static string Build(string machine, string options)
    {
        if (!Tool.Exists("clang") || !Tool.Exists("ld.lld")) Assert.Skip("clang and lld are missing.");
        return Compiled.Program("clang", "freestanding.c", $"--target={machine} -g -O1 -ffreestanding -nostdlib -fuse-ld=lld -Wl,-e,0 {options}");
    }
}
