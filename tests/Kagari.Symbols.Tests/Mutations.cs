using Kagari.Testing;

namespace Kagari.Symbols.Tests;

/// <summary>Changes real files where it hurts: in headers and in the sections that are read.</summary>
internal static class Mutations
{
    private static readonly byte[] s_values = [0, 1, 0x7f, 0x80, 0xff];

    /// <summary>A copy with some bytes changed; the places are drawn from the parts of the file first, so that small ones are hit as often as large ones.</summary>
    public static byte[] Mutate(byte[] file, (int Start, int Length)[] parts, Random random)
    {
        if (random.Next(20) == 0) return FuzzBudget.Mutate(file, random);
        var copy = (byte[])file.Clone();
        for (var n = random.Next(1, 12); n > 0; n--)
        {
            var (start, length) = parts[random.Next(parts.Length)];
            var at = start + random.Next(length);
            switch (random.Next(4))
            {
                case 0: copy[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: copy[at] = s_values[random.Next(s_values.Length)]; break;
                case 2: copy[at] = (byte)random.Next(256); break;
                default: copy.AsSpan(at, Math.Min(random.Next(1, 9), copy.Length - at)).Fill(s_values[random.Next(s_values.Length)]); break;
            }
        }
        return copy;
    }

    /// <summary>The header, the tables of sections and segments, and each section that is read.</summary>
    public static (int Start, int Length)[] Parts(byte[] file)
    {
        ElfFile.TryRead(file, out var elf, out var error).ShouldBeTrue(error);
        var parts = elf!.Sections.Where(s => !s.IsAbsent && s.Size > 0 && IsRead(s.Name)).Select(s => ((int)s.Offset, (int)s.Size)).ToList();
        parts.Add((0, 64 + (56 * 8)));
        // The section headers are the last thing in the files of these tools.
        parts.Add((file.Length - (64 * elf.Sections.Length), 64 * elf.Sections.Length));
        return [.. parts];
    }

    private static bool IsRead(string name) =>
        name.StartsWith(".debug_", StringComparison.Ordinal) || name.StartsWith(".zdebug_", StringComparison.Ordinal) || name.Contains("pclntab", StringComparison.Ordinal)
        || name is ".symtab" or ".strtab" or ".dynsym" or ".rela.dyn" or ".note.gnu.build-id" or ".noptrdata" or ".data";
}
