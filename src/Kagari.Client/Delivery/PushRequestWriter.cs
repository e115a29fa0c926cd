using System.Buffers;
using System.Text;
using Kagari.Profiles;

namespace Kagari.Client.Delivery;

/// <summary>Writes a <c>push.v1.PushRequest</c>, one series per profile (src/Kagari.Wire/Protos/push/v1/push.proto).</summary>
/// <remarks>
/// <code>
/// PushRequest        1 series*
///   RawProfileSeries 1 labels*   2 samples
///     LabelPair      1 name      2 value
///     RawSample      1 raw_profile
/// </code>
/// By hand, because the package has no dependencies. The body is not compressed once more: the profiles in it are gzip
/// already, see PushRequestWriterTests for how little that would save.
/// </remarks>
internal static class PushRequestWriter
{
    private const byte First = (1 << 3) | 2, Second = (2 << 3) | 2;

    public static ReadOnlyMemory<byte> Write(IReadOnlyList<CollectedProfile> profiles)
    {
        var total = 0;
        foreach (var profile in profiles) total = checked(total + SizeOfField(SizeOfSeries(profile)));
        var output = new ArrayBufferWriter<byte>(Math.Max(1, total));
        var writer = new WireWriter(output);
        foreach (var profile in profiles)
        {
            Field(ref writer, First, SizeOfSeries(profile));
            foreach (var (name, value) in profile.Labels)
            {
                Field(ref writer, First, SizeOfLabel(name, value));
                Text(ref writer, First, name);
                Text(ref writer, Second, value);
            }
            Field(ref writer, Second, SizeOfField(profile.Pprof.Length));
            Field(ref writer, First, profile.Pprof.Length);
            writer.Bytes(profile.Pprof.Span);
        }
        writer.Flush();
        return output.WrittenMemory;
    }

    private static void Field(ref WireWriter writer, byte tag, int bytes)
    {
        writer.Reserve(1 + WireWriter.VarintBytesMax);
        writer.Byte(tag);
        writer.Varint((uint)bytes);
    }

    private static void Text(ref WireWriter writer, byte tag, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        Field(ref writer, tag, bytes.Length);
        writer.Bytes(bytes);
    }

    private static int SizeOfSeries(CollectedProfile profile)
    {
        var size = SizeOfField(SizeOfField(profile.Pprof.Length));
        foreach (var (name, value) in profile.Labels) size += SizeOfField(SizeOfLabel(name, value));
        return size;
    }

    private static int SizeOfLabel(string name, string value) => SizeOfField(Encoding.UTF8.GetByteCount(name)) + SizeOfField(Encoding.UTF8.GetByteCount(value));

    private static int SizeOfField(int bytes) => checked(1 + WireWriter.SizeOf((uint)bytes) + bytes);
}
