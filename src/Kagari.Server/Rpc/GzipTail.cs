using System.Buffers.Binary;

namespace Kagari.Server.Rpc;

/// <summary>The last bytes of a gzip stream, which tell whether it is whole.</summary>
/// <remarks>
/// <para>GZipStream of .NET takes the end of its source for the end of the data: a body that was cut off decompresses
/// to a shorter one without any error. (It checks only with the process-wide switch
/// System.IO.Compression.UseStrictValidation, which we cannot count on.)</para>
/// <para>A gzip member (RFC 1952 §2.3.1) ends with <c>CRC32 | ISIZE</c>, four bytes each, little endian. In a whole
/// stream of one member ISIZE is the length of the output. With several members ISIZE and CRC32 are those of the last
/// one, so the end of the output must have that checksum.</para>
/// </remarks>
internal struct GzipTail
{
    private const int Size = 13;
    private static readonly uint[] CrcTable = MakeCrcTable();

    private readonly byte[] _bytes;
    private int _length;

    public GzipTail() => _bytes = new byte[Size];

    /// <summary>Adds what was read from the source.</summary>
    public void Add(ReadOnlySpan<byte> read)
    {
        if (read.Length >= Size)
        {
            read[^Size..].CopyTo(_bytes);
            _length = Size;
            return;
        }
        var keep = Math.Min(_length, Size - read.Length);
        _bytes.AsSpan(_length - keep, keep).CopyTo(_bytes);
        read.CopyTo(_bytes.AsSpan(keep));
        _length = keep + read.Length;
    }

    /// <summary>The bytes seen are a whole gzip stream that decompresses to <paramref name="output"/>, or are none at all.</summary>
    public readonly bool IsWhole(ReadOnlySpan<byte> output)
    {
        var tail = _bytes.AsSpan(0, _length);
        if (tail.Length == 0) return true;
        if (tail.Length < 8) return false;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(tail[^8..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(tail[^4..]);
        if (size == 0) return crc == 0 && EndsWithEmptyBlock(tail[..^8]);
        if (size == output.Length) return true;
        return size < output.Length && Crc32(output[^(int)size..]) == crc;
    }

    /// <summary>Eight zeros alone prove nothing. The deflate block of nothing is <c>03 00</c>, in Go <c>01 00 00 ff ff</c>.</summary>
    private static bool EndsWithEmptyBlock(ReadOnlySpan<byte> data) => data.EndsWith((ReadOnlySpan<byte>)[3, 0]) || data.EndsWith((ReadOnlySpan<byte>)[1, 0, 0, 0xff, 0xff]);

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = CrcTable[(byte)(crc ^ b)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var crc = i;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            table[i] = crc;
        }
        return table;
    }
}
