using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Pixels of a PNG, four bytes each. Reads what browsers and this class write: 8 bits, RGB or RGBA, not interlaced.</summary>
/// <remarks>PNG (ISO/IEC 15948): chunks of length, type, data, CRC; IDAT is one zlib stream of rows, each after its filter.</remarks>
internal sealed class Picture(int width, int height, byte[] pixels)
{
    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public int Width => width;

    public int Height => height;

    /// <summary>Red, green, blue, alpha, row by row.</summary>
    public byte[] Pixels => pixels;

    public static Picture Decode(ReadOnlySpan<byte> png)
    {
        if (!png.StartsWith(Signature)) throw new InvalidDataException("The file is no PNG.");
        int width = 0, height = 0, channels = 0;
        using var packed = new MemoryStream();
        for (var rest = png[Signature.Length..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(rest);
            var type = Encoding.ASCII.GetString(rest.Slice(4, 4));
            var data = rest.Slice(8, length);
            if (type == "IHDR")
            {
                (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                channels = (data[8], data[9], data[12]) switch { (8, 2, 0) => 3, (8, 6, 0) => 4, var kind => throw new InvalidDataException($"PNG of kind {kind} is not read here.") };
            }
            else if (type == "IDAT") packed.Write(data);
            rest = rest[(12 + length)..];
        }
        packed.Position = 0;
        using var rows = new ZLibStream(packed, CompressionMode.Decompress);
        return new Picture(width, height, Unfilter(rows, width, height, channels));
    }

    public byte[] Encode()
    {
        using var png = new MemoryStream();
        png.Write(Signature);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 6);
        Chunk(png, "IHDR", header);
        using var packed = new MemoryStream();
        using (var rows = new ZLibStream(packed, CompressionLevel.Optimal))
            for (var y = 0; y < height; y++)
            {
                rows.WriteByte(0);
                rows.Write(pixels, y * width * 4, width * 4);
            }
        Chunk(png, "IDAT", packed.ToArray());
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    private static byte[] Unfilter(Stream rows, int width, int height, int channels)
    {
        var pixels = new byte[width * height * 4];
        byte[] above = new byte[width * channels], row = new byte[width * channels];
        for (var y = 0; y < height; y++)
        {
            var filter = rows.ReadByte();
            rows.ReadExactly(row);
            for (var i = 0; i < row.Length; i++)
            {
                int left = i < channels ? 0 : row[i - channels], up = above[i], corner = i < channels ? 0 : above[i - channels];
                row[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, 4 => Paeth(left, up, corner), _ => throw new InvalidDataException($"PNG row {y} has filter {filter}.") });
            }
            for (var x = 0; x < width; x++)
            {
                var to = ((y * width) + x) * 4;
                row.AsSpan(x * channels, channels).CopyTo(pixels.AsSpan(to));
                if (channels == 3) pixels[to + 3] = 255;
            }
            (above, row) = (row, above);
        }
        return pixels;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var guess = left + up - corner;
        var (toLeft, toUp, toCorner) = (Math.Abs(guess - left), Math.Abs(guess - up), Math.Abs(guess - corner));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static void Chunk(Stream png, string type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(body));
        png.Write(number);
    }

    /// <summary>CRC-32 as PNG defines it, bit by bit: pictures of failures are few.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) == 0 ? 0 : 0xEDB88320);
        }
        return ~crc;
    }
}
