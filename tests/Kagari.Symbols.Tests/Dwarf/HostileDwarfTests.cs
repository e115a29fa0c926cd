using System.Buffers.Binary;
using Kagari.Symbols.Tests.Elf;

namespace Kagari.Symbols.Tests.Dwarf;

/// <summary>Small files that ask for much: everything ends, within the limits.</summary>
public sealed class HostileDwarfTests
{
    private const byte Unit = 1;
    private const byte Function = 2;

    /// <summary>Unit: ranges by its functions, a line table. Function: name in place, ranges.</summary>
    private static readonly byte[] s_abbreviations = [Unit, 0x11, 1, 0x10, 0x17, 0, 0, Function, 0x2e, 0, 0x03, 0x08, 0x55, 0x17, 0, 0, 0];

    [Fact]
    public void TryResolve_FunctionWithRanges_IsFound()
    {
        var symbols = Read(Info(1, (byte)'f'), Ranges(1));
        Names(symbols, 0x1000).ShouldBe("f");
        Names(symbols, 0x1001).ShouldBe("");
    }

    /// <summary>100,000 functions that share a list of 100,000 ranges have ten billion of them.</summary>
    [Fact]
    public void TryResolve_ManyFunctionsSharingRanges_StayWithinTheLimits()
    {
        var symbols = Read(Info(100_000, (byte)'f'), Ranges(100_000));
        Names(symbols, 0x1000).ShouldBe("f");
        symbols.MemoryBytes.ShouldBeLessThan(20L * 50 * 20_000);
    }

    [Fact]
    public void TryResolve_DeepEntries_End()
    {
        byte[] abbreviations = [Unit, 0x11, 1, 0x10, 0x17, 0, 0, Function, 0x1d, 1, 0x31, 0x13, 0, 0, 0];
        var info = Info(0, 0).ToList();
        for (var i = 0; i < 200_000; i++) info.AddRange([Function, 0, 0, 0, 0]);
        var bytes = info.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Names(Read(bytes, Ranges(1), abbreviations), 0x1000).ShouldBe("");
    }

    /// <summary>A row of 250 attributes without bytes makes a step of every entry 250 steps.</summary>
    [Fact]
    public void TryResolve_AttributesWithoutBytes_End()
    {
        var abbreviations = new List<byte>(s_abbreviations[..7]) { Function, 0x2e, 0 };
        for (var i = 0; i < 250; i++) abbreviations.AddRange([0x3f, 0x19]);
        abbreviations.AddRange([0, 0, 0]);
        var info = Info(0, 0).Concat(Enumerable.Repeat(Function, 1_000_000)).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(info, info.Length - 4);
        Names(Read(info, Ranges(1), [.. abbreviations]), 0x1000).ShouldBe("");
    }

    private static ExecutableSymbols Read(byte[] info, byte[] ranges, byte[]? abbreviations = null)
    {
        var file = ElfDrawing.Of((".debug_info", info), (".debug_abbrev", abbreviations ?? s_abbreviations), (".debug_ranges", ranges));
        ExecutableSymbols.TryRead(file, new SymbolLimits { RangesMax = 20_000 }, out var symbols, out var error).ShouldBeTrue(error);
        return symbols!;
    }

    private static string Names(ExecutableSymbols symbols, ulong address)
    {
        var frames = new List<SymbolFrame>();
        symbols.TryResolve(address, frames);
        return string.Join(" < ", frames.Select(f => f.Function));
    }

    /// <summary>One unit of DWARF 4 with functions that all have the first list of ranges.</summary>
    private static byte[] Info(int functions, byte name)
    {
        var info = new List<byte> { 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 8, Unit, 0, 0, 0, 0 };
        for (var i = 0; i < functions; i++) info.AddRange([Function, name, 0, 0, 0, 0, 0]);
        var bytes = info.ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        return bytes;
    }

    /// <summary>The first byte of the code, many times.</summary>
    private static byte[] Ranges(int count)
    {
        var ranges = new byte[(count + 1) * 16];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(ranges.AsSpan(i * 16), 0x1000);
            BinaryPrimitives.WriteInt64LittleEndian(ranges.AsSpan((i * 16) + 8), 0x1001);
        }
        return ranges;
    }
}
