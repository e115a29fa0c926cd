using System.Buffers.Binary;
using System.Text;

namespace Kagari.Symbols.Tests.Elf;

/// <summary>Draws small 64-bit files of sections, for what no compiler writes.</summary>
internal static class ElfDrawing
{
    /// <summary>A file with code at 0x1000..0x2000 and these sections of debug information.</summary>
    public static byte[] Of(params (string Name, byte[] Bytes)[] sections)
    {
        var names = new List<byte> { 0 };
        var body = new List<byte>(new byte[64]);
        var headers = new List<byte>(new byte[64]);
        void Add(string name, uint type, ulong flags, ulong address, ulong size, byte[] bytes)
        {
            var header = new byte[64];
            BinaryPrimitives.WriteUInt32LittleEndian(header, (uint)names.Count);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), type);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(8), flags);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), address);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), (ulong)body.Count);
            BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(32), size);
            headers.AddRange(header);
            names.AddRange(Encoding.ASCII.GetBytes(name + "\0"));
            body.AddRange(bytes);
        }
        Add(".text", 8, 6, 0x1000, 0x1000, []);
        foreach (var (name, bytes) in sections) Add(name, 1, 0, 0, (ulong)bytes.Length, bytes);
        // The names hold their own name, so their size is known only afterwards.
        Add(".shstrtab", 3, 0, 0, (ulong)names.Count + 10, []);
        body.AddRange(names);
        var file = body.Concat(headers).ToArray();
        Encoding.Latin1.GetBytes("\u007fELF\u0002\u0001\u0001").CopyTo(file, 0);
        file[16] = 2;
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(40), (ulong)body.Count);
        file[58] = 64;
        file[60] = file[62] = (byte)(sections.Length + 3);
        file[62]--;
        return file;
    }
}
