using System.Text;

namespace Kagari.Testing;

/// <summary>Writes the labels beside a JFR recording: contexts with labels as names and values.</summary>
public static class LabelsSnapshotDrawing
{
    /// <summary>A <c>LabelsSnapshot</c>; strings are numbered from 1 in the order given, then labels follow.</summary>
    public static byte[] Of(string[] strings, params (long Context, (string Name, string Value)[] Labels)[] contexts)
    {
        var numbers = strings.Select((text, i) => (text, Id: i + 1L)).ToDictionary(s => s.text, s => s.Id);
        long Id(string text) => numbers.TryGetValue(text, out var id) ? id : numbers[text] = numbers.Count + 1;
        var snapshot = new List<byte>();
        foreach (var (context, labels) in contexts)
        {
            var message = labels.SelectMany(l => Field(1, [.. Number(1, Id(l.Name)), .. Number(2, Id(l.Value))])).ToArray();
            snapshot.AddRange(Field(1, [.. Number(1, context), .. Field(2, message)]));
        }
        foreach (var (text, id) in numbers) snapshot.AddRange(Field(2, [.. Number(1, id), .. Field(2, Encoding.UTF8.GetBytes(text))]));
        return [.. snapshot];
    }

    private static byte[] Field(int field, byte[] content) => [(byte)((field << 3) | 2), .. Varint((ulong)content.Length), .. content];

    private static byte[] Number(int field, long value) => [(byte)(field << 3), .. Varint((ulong)value)];

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) yield return (byte)(value | 0x80);
        yield return (byte)value;
    }
}
