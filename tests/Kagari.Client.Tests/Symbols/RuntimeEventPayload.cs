using System.Text;

namespace Kagari.Client.Tests.Symbols;

/// <summary>Payloads of events, as the runtime packs them.</summary>
internal static class RuntimeEventPayload
{
    /// <summary>MethodLoadVerbose: method, module, start, size, token, flags, type, name, signature.</summary>
    public static byte[] Method(ulong start, uint size, string type, string name, long module = 0) =>
        Pack(w =>
        {
            w.Write(1L);
            w.Write(module);
            w.Write(start);
            w.Write(size);
            w.Write(0);
            w.Write(0);
            Text(w, type, name, "void ()");
        });

    /// <summary>R2RGetEntryPoint: method, type, name, signature, address.</summary>
    public static byte[] EntryPoint(ulong start, string type, string name) =>
        Pack(w =>
        {
            w.Write(1L);
            Text(w, type, name, "void ()");
            w.Write(start);
        });

    private static byte[] Pack(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Write((ushort)0);
        return stream.ToArray();
    }

    private static void Text(BinaryWriter writer, params string[] texts)
    {
        foreach (var text in texts) writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
