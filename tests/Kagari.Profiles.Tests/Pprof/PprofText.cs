using System.IO.Compression;
using System.Text;

namespace Kagari.Profiles.Tests.Pprof;

/// <summary>Writes pprof messages field by field, also wrong ones; shares no code with what it tests.</summary>
internal sealed class PprofText
{
    private readonly MemoryStream _bytes = new();

    public byte[] Bytes => _bytes.ToArray();

    public static byte[] Gzip(byte[] plain)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(plain);
        return output.ToArray();
    }

    public PprofText Strings(params string[] strings)
    {
        foreach (var text in strings) Field(6, Encoding.UTF8.GetBytes(text));
        return this;
    }

    public PprofText SampleType(ulong type, ulong unit) => Field(1, [.. Number(1, type), .. Number(2, unit)]);

    public PprofText Sample(ulong[] locations, long[] values, bool packed = true)
    {
        var numbers = values.Select(v => (ulong)v).ToArray();
        byte[] message = packed
            ? [.. Message(1, [.. locations.SelectMany(Varint)]), .. Message(2, [.. numbers.SelectMany(Varint)])]
            : [.. locations.SelectMany(l => Number(1, l)), .. numbers.SelectMany(v => Number(2, v))];
        return Field(2, message);
    }

    public PprofText Location(ulong id, ulong function) => Field(4, [.. Number(1, id), .. Message(4, Number(1, function))]);

    public PprofText Function(ulong id, ulong name) => Field(5, [.. Number(1, id), .. Number(2, name)]);

    private static byte[] Number(int field, ulong value) => [.. Varint((ulong)field << 3), .. Varint(value)];

    private static byte[] Message(int field, byte[] bytes) => [.. Varint(((ulong)field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 128; value >>= 7) yield return (byte)(value | 128);
        yield return (byte)value;
    }

    private PprofText Field(int field, byte[] bytes)
    {
        _bytes.Write(Message(field, bytes));
        return this;
    }
}
