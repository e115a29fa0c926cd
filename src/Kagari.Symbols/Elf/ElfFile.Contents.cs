using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Kagari.Symbols;

internal sealed partial class ElfFile
{
    private const uint CompressedByZlib = 1;

    /// <summary>The bytes of a section, decompressed; also finds the older form of compressed ones, <c>.zdebug_info</c> for <c>.debug_info</c>.</summary>
    /// <param name="name">Of the section, with its dot.</param>
    /// <param name="bytesLeft">How much may still be decompressed; becomes less.</param>
    /// <param name="remark">Says why a section is not read; empty where it is, or is not there.</param>
    public ReadOnlyMemory<byte> Contents(string name, ref long bytesLeft, out string remark)
    {
        remark = "";
        if (Find(name) is { } section)
            return section.IsCompressed && !section.IsAbsent ? ContentsOfCompressed(section, ref bytesLeft, out remark) : Bytes(section);
        if (Find(".z" + name[1..]) is not { } old) return default;
        var bytes = Bytes(old);
        if (bytes.Length < 12 || !bytes.Span.StartsWith("ZLIB"u8)) return default;
        return Inflate(old.Name, bytes[12..], BinaryPrimitives.ReadUInt64BigEndian(bytes.Span[4..]), ref bytesLeft, out remark);
    }

    private ReadOnlyMemory<byte> ContentsOfCompressed(in ElfSection section, ref long bytesLeft, out string remark)
    {
        var bytes = Bytes(section);
        var cursor = Cursor(bytes.Span);
        var method = cursor.ReadUInt32();
        if (Is64) cursor.Skip(4);
        var size = cursor.ReadWord(Is64);
        cursor.ReadWord(Is64);
        if (method == CompressedByZlib && !cursor.Failed) return Inflate(section.Name, bytes[cursor.Position..], size, ref bytesLeft, out remark);
        remark = $"elf: section '{section.Name}' is compressed by method {method}{(method == 2 ? " (zstd)" : "")}; only 1 (zlib) is read";
        return default;
    }

    private static ReadOnlyMemory<byte> Inflate(string name, ReadOnlyMemory<byte> bytes, ulong size, ref long bytesLeft, out string remark)
    {
        // Deflate makes at most 1,032 bytes of one.
        if (size > 1032UL * ((ulong)bytes.Length + 1) || size > (ulong)Math.Max(0, bytesLeft) || size > (ulong)Array.MaxLength)
        {
            remark = $"elf: section '{name}' of {size} bytes, compressed to {bytes.Length}, exceeds what may still be decompressed, {bytesLeft} bytes ({nameof(SymbolLimits.DecompressedBytesMax)})";
            return default;
        }
        bytesLeft -= (long)size;
        var output = new byte[size];
        try
        {
            using var input = MemoryMarshal.TryGetArray(bytes, out var array) ? new MemoryStream(array.Array!, array.Offset, array.Count) : new MemoryStream(bytes.ToArray());
            using var inflated = new ZLibStream(input, CompressionMode.Decompress);
            inflated.ReadExactly(output);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            remark = $"elf: section '{name}' does not decompress to {size} bytes: {e.Message}";
            return default;
        }
        remark = "";
        return output;
    }
}
