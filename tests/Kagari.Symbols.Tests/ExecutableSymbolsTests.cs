using System.Buffers.Binary;
using System.Text;

namespace Kagari.Symbols.Tests;

/// <summary>Refusals, limits and threads.</summary>
public sealed class ExecutableSymbolsTests
{
    private static string Whole => Compiled.Program("gcc", "plain.c", "-g -O2");

    [Fact]
    public void TryRead_TooLarge_NamesTheLimit()
    {
        ExecutableSymbols.TryRead(File.ReadAllBytes(Whole), new SymbolLimits { FileBytesMax = 100 }, out _, out var error).ShouldBeFalse();
        error.ShouldEndWith("bytes exceeds the limit of 100 bytes (FileBytesMax)");
    }

    [Theory]
    [InlineData("", "elf: the file is empty")]
    [InlineData("#!/bin/sh and more", "elf: the file does not start with 7f 45 4c 46")]
    [InlineData("\u007fELF\u0003\u0001\u0001aaaaaaaaaaaaaaaaaaaaaaaa", "elf: class 3 and byte order 1; each is 1 or 2")]
    [InlineData("\u007fELF\u0002\u0001\u0001aaaaaaaaaaaaaaaaaaaaaaaa", "elf: the file of 31 bytes ends in its header")]
    public void TryRead_NoExecutable_SaysWhatItIs(string text, string expected)
    {
        ExecutableSymbols.TryRead(Encoding.Latin1.GetBytes(text), SymbolLimits.Default, out _, out var error).ShouldBeFalse();
        error.ShouldBe(expected);
    }

    [Fact]
    public void TryRead_ObjectFile_IsRefused()
    {
        var file = File.ReadAllBytes(Compiled.Program("gcc", "plain.c", "-c"));
        ExecutableSymbols.TryRead(file, SymbolLimits.Default, out _, out var error).ShouldBeFalse();
        error.ShouldStartWith("elf: a relocatable object (type 1) has no addresses yet");
    }

    [Fact]
    public void TryResolve_CompressionBeyondTheLimit_AnswersBySymbolsAndRemarks()
    {
        var symbols = Compiled.Read(Compiled.Program("gcc", "plain.c", "-g -gz=zlib -O2"), new SymbolLimits { DecompressedBytesMax = 10 });
        First(symbols).ShouldBe(["switcher", ""]);
        symbols.Remarks.First().ShouldMatch("^elf: section '.debug_info' of [0-9]+ bytes, compressed to [0-9]+, exceeds what may still be decompressed, 10 bytes \\(DecompressedBytesMax\\)$");
    }

    [Fact]
    public void TryResolve_CompressedByZstd_AnswersBySymbolsAndRemarks()
    {
        var file = File.ReadAllBytes(Compiled.Program("gcc", "plain.c", "-g -gz=zlib -O2"));
        ElfFile.TryRead(file, out var elf, out _).ShouldBeTrue();
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan((int)elf!.Find(".debug_info")!.Value.Offset), 2);
        ExecutableSymbols.TryRead(file, SymbolLimits.Default, out var symbols, out _).ShouldBeTrue();
        First(symbols!).ShouldBe(["switcher", ""]);
        symbols!.Remarks.ShouldBe(["elf: section '.debug_info' is compressed by method 2 (zstd); only 1 (zlib) is read"]);
    }

    [Fact]
    public void TryResolve_MoreCallsThanTheLimit_LeavesOutTheOutermost()
    {
        var file = Compiled.Program("g++", "shapes.cpp", "-std=c++17 -g -O2");
        var (all, few) = (Compiled.Read(file), Compiled.Read(file, new SymbolLimits { FramesMax = 2 }));
        var (whole, cut, longer) = (new List<SymbolFrame>(), new List<SymbolFrame>(), 0);
        foreach (var address in AddressOracle.Addresses(file, step: 5))
        {
            whole.Clear();
            cut.Clear();
            all.TryResolve(address, whole).ShouldBe(few.TryResolve(address, cut));
            cut.ShouldBe(whole.Take(2));
            if (whole.Count > 2) longer++;
        }
        longer.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TryResolve_StartLine_IsThatOfTheDeclaration()
    {
        var symbols = Compiled.Read(Whole);
        var lines = File.ReadAllLines(Compiled.Source("plain.c"));
        var frames = new List<SymbolFrame>();
        foreach (var address in AddressOracle.Addresses(Whole, step: 1)) symbols.TryResolve(address, frames);
        var declared = frames.Where(f => f.StartLine > 0).Select(f => (f.Function, f.StartLine)).Distinct().ToList();
        declared.Count.ShouldBe(9);
        foreach (var (function, line) in declared) lines[line - 1].ShouldContain($"{function}(");
    }

    [Fact]
    public async Task TryResolve_FromManyThreads_IsTheSame()
    {
        var file = Compiled.Program("g++", "shapes.cpp", "-std=c++17 -g -O2");
        var addresses = AddressOracle.Addresses(file, step: 3);
        var expected = Draw(Compiled.Read(file), addresses);
        for (var round = 0; round < 5; round++)
        {
            var symbols = Compiled.Read(file);
            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Draw(symbols, addresses))));
            answers.ShouldAllBe(answer => answer == expected);
        }
    }

    [Fact]
    public void MemoryBytes_BeforeAnythingIsAsked_IsNothing()
    {
        var symbols = Compiled.Read(Whole);
        symbols.MemoryBytes.ShouldBe(0);
        First(symbols);
        symbols.MemoryBytes.ShouldBeGreaterThan(0);
    }

    private static string Draw(ExecutableSymbols symbols, List<ulong> addresses)
    {
        var frames = new List<SymbolFrame>();
        foreach (var address in addresses) symbols.TryResolve(address, frames);
        return string.Join('\n', frames);
    }

    /// <summary>Name and file of the first address of a function that all programs of plain.c have.</summary>
    private static string[] First(ExecutableSymbols symbols)
    {
        var frames = new List<SymbolFrame>();
        for (var address = 0x1000UL; address < 0x3000; address++)
        {
            frames.Clear();
            if (symbols.TryResolve(address, frames) && frames[^1].Function == "switcher") return [frames[^1].Function, frames[0].File];
        }
        return [];
    }
}
