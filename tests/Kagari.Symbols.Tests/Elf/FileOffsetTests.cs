namespace Kagari.Symbols.Tests.Elf;

/// <summary>Profilers tell where in the file a sample is; the answer must be the same from the debug file.</summary>
public sealed class FileOffsetTests
{
    public static TheoryData<string, string> Programs() => new()
    {
        { "gcc", "-O2 -g" },
        { "gcc", "-O2 -g -no-pie" },
        { "gcc", "-O2 -g -fPIC -shared -DLIBRARY" },
        { "gcc", "-O2 -g -Wl,-z,noseparate-code" },
        { "gcc", "-O2 -g -Wl,-z,max-page-size=0x200000" },
        { "gcc", "-O2 -g -fuse-ld=gold" },
    };

    [Theory]
    [MemberData(nameof(Programs))]
    public void TryGetVirtualAddress_EachByteOfCode_IsTheSections(string compiler, string options)
    {
        var file = Compiled.Program(compiler, "plain.c", options);
        var (address, offset, size) = Text(file);
        foreach (var read in new[] { file, Compiled.Derived(file, "objcopy", "--only-keep-debug"), Compiled.Derived(file, "objcopy", "--strip-all") })
        {
            var symbols = Compiled.Read(read);
            for (var i = 0UL; i < size; i++)
            {
                symbols.TryGetVirtualAddress(offset + i, out var found).ShouldBeTrue($"{options} {offset + i:x}");
                found.ShouldBe(address + i);
            }
            symbols.TryGetVirtualAddress(1UL << 40, out _).ShouldBeFalse();
        }
    }

    private static (ulong Address, ulong Offset, ulong Size) Text(string file)
    {
        var row = Tool.Run("readelf", ["-SW", file]).Split('\n').Single(line => line.Contains("] .text ", StringComparison.Ordinal));
        var parts = row[(row.IndexOf(']', StringComparison.Ordinal) + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (Convert.ToUInt64(parts[2], 16), Convert.ToUInt64(parts[3], 16), Convert.ToUInt64(parts[4], 16));
    }
}
