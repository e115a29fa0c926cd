using System.Text;

namespace Kagari.Server.Tests.Ingest;

/// <summary>The tree bytes of the wire as a drawing: <c>a;b 1 | a;c 2</c>. Shares no code with their writer.</summary>
internal static class TreeDrawing
{
    public static string Of(byte[] bytes)
    {
        var lines = new List<string>();
        var position = 0;
        if (bytes.Length > 0) Read("");
        lines.Sort(StringComparer.Ordinal);
        return string.Join(" | ", lines);

        void Read(string path)
        {
            var length = (int)Number();
            var name = Encoding.UTF8.GetString(bytes, position, length);
            position += length;
            var self = Number();
            var stack = path.Length == 0 ? name : $"{path};{name}";
            if (self != 0) lines.Add($"{stack} {(long)self}");
            for (var children = Number(); children > 0; children--) Read(stack);
        }

        ulong Number()
        {
            ulong value = 0;
            for (var shift = 0; ; shift += 7)
            {
                var b = bytes[position++];
                value |= (ulong)(b & 0x7f) << shift;
                if (b < 0x80) return value;
            }
        }
    }
}
