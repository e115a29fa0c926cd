using Kagari.Testing;

namespace Kagari.Symbols.Tests;

/// <summary>Any bytes give frames or an error: never an exception, never much time or memory.</summary>
public sealed class ExecutableSymbolsFuzzTests
{
    private static readonly SymbolLimits s_limits = new() { FileBytesMax = 64 << 20, DecompressedBytesMax = 16 << 20, FramesMax = 20, MemoryBytesMax = 64 << 20 };

    [Fact]
    public void TryResolve_MutatedPrograms_GivesFramesOrNothing()
    {
        string[] files =
        [
            Compiled.Program("gcc", "plain.c", "-g -O2"),
            Compiled.Program("gcc", "plain.c", "-gdwarf-2 -O2"),
            Compiled.Program("gcc", "plain.c", "-gdwarf-4 -O2 -no-pie"),
            Compiled.Program("gcc", "plain.c", "-g -gz=zlib -O2"),
            Compiled.Program("gcc", "plain.c", "-gdwarf-5 -O2 -gdwarf64"),
            Compiled.Program("gcc", "plain.c", "-O2 -fPIC -shared -DLIBRARY"),
            Compiled.Derived(Compiled.Program("gcc", "plain.c", "-g -O2"), "objcopy", "--only-keep-debug"),
            Compiled.Program("g++", "shapes.cpp", "-std=c++17 -g -O2"),
            Compiled.Derived(GoPclntab.GoProgramTests.Build(""), "objcopy", "--strip-all"),
            Compiled.Derived(GoPclntab.GoProgramTests.Build("-buildmode=pie"), "objcopy", "--strip-all"),
        ];
        var corpus = files.Select(File.ReadAllBytes).ToArray();
        var parts = corpus.Select(Mutations.Parts).ToArray();
        var addresses = files.Select(file => AddressOracle.Addresses(file, step: 1, ".text")).ToArray();
        var frames = new List<SymbolFrame>();
        var (good, read, most) = (0, 0, 0L);
        foreach (var seed in FuzzBudget.Seeds(600))
        {
            var random = new Random(seed);
            var which = random.Next(corpus.Length);
            var input = Mutations.Mutate(corpus[which], parts[which], random);
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                if (ExecutableSymbols.TryRead(input, s_limits, out var symbols, out var error))
                {
                    read++;
                    for (var i = 0; i < 200; i++) if (Resolve(symbols, addresses[which][random.Next(addresses[which].Count)], frames)) good++;
                    foreach (var address in (ulong[])[0, 1, ulong.MaxValue, 0x401000, (ulong)random.NextInt64()]) Resolve(symbols, address, frames);
                    symbols.TryGetVirtualAddress((ulong)random.Next(), out _);
                    symbols.MemoryBytes.ShouldBeInRange(0, 256L << 20);
                }
                else
                {
                    error.ShouldNotBeNullOrEmpty();
                }
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}, {files[which]}", e);
            }
        }
        read.ShouldBeGreaterThan(0);
        good.ShouldBeGreaterThan(0);
        most.ShouldBeLessThan(512L << 20);
    }

    [Fact]
    public void TryRead_CutAnywhere_GivesFramesOrNothing()
    {
        var file = File.ReadAllBytes(Compiled.Program("gcc", "plain.c", "-g -O2"));
        var frames = new List<SymbolFrame>();
        for (var length = 0; length < file.Length; length += 37)
        {
            if (!ExecutableSymbols.TryRead(file.AsMemory(0, length), s_limits, out var symbols, out var error)) error.ShouldNotBeNullOrEmpty();
            else Resolve(symbols, 0x1234, frames);
        }
    }

    private static bool Resolve(ExecutableSymbols symbols, ulong address, List<SymbolFrame> frames)
    {
        frames.Clear();
        var isKnown = symbols.TryResolve(address, frames);
        isKnown.ShouldBe(frames.Count > 0);
        frames.Count.ShouldBeLessThanOrEqualTo(s_limits.FramesMax);
        foreach (var frame in frames)
        {
            frame.Line.ShouldBeGreaterThanOrEqualTo(0);
            frame.StartLine.ShouldBeGreaterThanOrEqualTo(0);
            frame.Function.Length.ShouldBeLessThan(1 << 20);
        }
        return isKnown;
    }
}
