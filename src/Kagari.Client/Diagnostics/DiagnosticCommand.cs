using System.Buffers.Binary;
using System.Text;

namespace Kagari.Client.Diagnostics;

/// <summary>Commands to the runtime, and its answers.</summary>
/// <remarks>
/// dotnet/diagnostics, IPC protocol:
/// <code>
/// 0      14     16    17    18     20
/// ├magic─┼size──┼set──┼id───┼0─────┼payload    little-endian; size of all; texts: count of UTF-16 units with the 0, units
/// </code>
/// An answer has set 0xFF, id 0 and the result, or another id and the number of an error.
/// </remarks>
internal static class DiagnosticCommand
{
    private const int HeaderBytes = 20;
    private const byte EventPipeSet = 2, StopTracing = 1, CollectTracing4 = 5, Ok = 0;
    private const int NetTraceFormat = 1;

    private static ReadOnlySpan<byte> Magic => "DOTNET_IPC_V1\0"u8;

    /// <summary>Starts a session; its events follow on the same stream.</summary>
    /// <returns>The session's number.</returns>
    /// <exception cref="IOException">The runtime refuses.</exception>
    public static ulong Collect(Stream stream, int bufferMegabytes, ulong rundownKeywords, bool withStacks, ReadOnlySpan<EventPipeProvider> providers)
    {
        var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(bufferMegabytes);
        writer.Write(NetTraceFormat);
        writer.Write(rundownKeywords);
        writer.Write(withStacks);
        writer.Write(providers.Length);
        foreach (var provider in providers)
        {
            writer.Write(provider.Keywords);
            writer.Write(provider.Level);
            writer.Write(provider.Name.Length + 1);
            writer.Write(Encoding.Unicode.GetBytes(provider.Name + '\0'));
            writer.Write(0);   // no filter
        }
        Send(stream, CollectTracing4, payload.ToArray());
        return ReadAnswer(stream);
    }

    /// <summary>Ends a session: its stream gets what is left, and ends.</summary>
    /// <exception cref="IOException">There is no such session.</exception>
    public static void Stop(Stream stream, ulong session)
    {
        var payload = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(payload, session);
        Send(stream, StopTracing, payload);
        ReadAnswer(stream);
    }

    private static void Send(Stream stream, byte id, byte[] payload)
    {
        var message = new byte[HeaderBytes + payload.Length];
        Magic.CopyTo(message);
        BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(14), (ushort)message.Length);
        message[16] = EventPipeSet;
        message[17] = id;
        payload.CopyTo(message, HeaderBytes);
        stream.Write(message);
    }

    private static ulong ReadAnswer(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes], result = stackalloc byte[8];
        stream.ReadExactly(header);
        var length = BinaryPrimitives.ReadUInt16LittleEndian(header[14..]) - HeaderBytes;
        if (!header.StartsWith(Magic) || length is not (4 or 8)) throw new IOException("The runtime's diagnostic port gave an answer that is none.");
        result.Clear();
        stream.ReadExactly(result[..length]);
        if (header[17] == Ok && length == 8) return BinaryPrimitives.ReadUInt64LittleEndian(result);
        var error = BinaryPrimitives.ReadUInt32LittleEndian(result);
        throw new IOException($"The runtime refused a session with error 0x{error:x8}{Meaning(error)}.");
    }

    private static string Meaning(uint error) => error switch
    {
        0x80131385 => ": it does not know the command; .NET 9 or newer is needed",
        0x80131515 => ": it does not support sessions",
        0x80131371 => ": it has not started yet",
        0x80070057 => ": an argument is not valid",
        _ => "",
    };
}
