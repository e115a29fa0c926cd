using System.Text;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>Writes traces of the form that docs/formats/nettrace.md draws, event by event.</summary>
internal sealed class NetTraceDrawing
{
    public const string Runtime = "Microsoft-Windows-DotNETRuntime", Rundown = "Microsoft-Windows-DotNETRuntimeRundown", Sampler = "Microsoft-DotNETCore-SampleProfiler";

    private readonly int _pointerBytes;
    private readonly bool _hasShortHeaders;
    private readonly MemoryStream _stream = new();
    private readonly BinaryWriter _writer;

    public NetTraceDrawing(int pointerBytes = 8, bool hasShortHeaders = true, int version = 4)
    {
        (_pointerBytes, _hasShortHeaders) = (pointerBytes, hasShortHeaders);
        _writer = new BinaryWriter(_stream);
        _writer.Write("Nettrace"u8);
        Sized("!FastSerialization.1");
        Begin("Trace", version);
        foreach (var part in new short[] { 2026, 11, 6, 21, 19, 51, 39, 250 }) _writer.Write(part);
        _writer.Write(1_000L);            // the clock then
        _writer.Write(1_000_000L);        // microseconds
        foreach (var number in new[] { pointerBytes, 7, 2, 1_000_000 }) _writer.Write(number);
        _writer.Write((byte)6);
    }

    /// <summary>Describes kinds of events.</summary>
    public NetTraceDrawing Types(params (int Number, string Provider, int Id, int Version)[] types) =>
        EventBlock("MetadataBlock", [.. types.Select(t => new NetTraceDrawnEvent(0, 0, 0, 0, 0, Payload(w =>
        {
            w.Write(t.Number);
            Utf16(w, t.Provider);
            w.Write(t.Id);
            Utf16(w, "");
            w.Write(0L);
            w.Write(t.Version);
            w.Write(4);
            w.Write(0);
        })))]);

    public NetTraceDrawing Stacks(int firstId, params ulong[][] stacks) => Block("StackBlock", Payload(w =>
    {
        w.Write(firstId);
        w.Write(stacks.Length);
        foreach (var stack in stacks)
        {
            w.Write(stack.Length * _pointerBytes);
            foreach (var address in stack) Pointer(w, address);
        }
    }));

    public NetTraceDrawing Events(params NetTraceDrawnEvent[] events) => EventBlock("EventBlock", events);

    public NetTraceDrawing SequencePoint(params (long Thread, uint Sequence)[] threads) => Block("SPBlock", Payload(w =>
    {
        w.Write(0L);
        w.Write(threads.Length);
        foreach (var (thread, sequence) in threads)
        {
            w.Write(thread);
            w.Write(sequence);
        }
    }));

    public NetTraceDrawing Block(string name, byte[] content, int version = 2)
    {
        Begin(name, version);
        _writer.Write(content.Length);
        while (_stream.Position % 4 != 0) _writer.Write((byte)0);
        _writer.Write(content);
        _writer.Write((byte)6);
        return this;
    }

    public byte[] ToArray(bool isComplete = true) => isComplete ? [.. _stream.ToArray(), 1] : _stream.ToArray();

    /// <summary>The payload of a method: where its code lies, and its names.</summary>
    public static byte[] Method(ulong start, uint size, string type, string name, long module = 1) => Payload(w =>
    {
        w.Write(1L);
        w.Write(module);
        w.Write(start);
        w.Write(size);
        w.Write(0L);   // token, flags
        Utf16(w, type);
        Utf16(w, name);
        Utf16(w, "void ()");
    });

    public static byte[] Payload(Action<BinaryWriter> write)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        write(writer);
        writer.Flush();
        return stream.ToArray();
    }

    public static void Utf16(BinaryWriter writer, string text) => writer.Write(Encoding.Unicode.GetBytes(text + "\0"));

    private NetTraceDrawing EventBlock(string name, NetTraceDrawnEvent[] events) => Block(name, Payload(w =>
    {
        w.Write((short)24);   // longer than it must be, as later versions may have it
        w.Write((short)(_hasShortHeaders ? 1 : 0));
        w.Write(new byte[20]);
        var ticks = 0L;
        foreach (var e in events)
        {
            if (_hasShortHeaders) WriteShort(w, e, ref ticks);
            else WriteFull(w, e);
        }
    }));

    private static void WriteShort(BinaryWriter w, NetTraceDrawnEvent e, ref long ticks)
    {
        // All fields but the capturing thread of descriptions, which have none.
        w.Write((byte)(1 | 4 | 8 | 16 | 128 | (e.Type == 0 ? 0 : 2)));
        w.Write7BitEncodedInt(e.Type);
        if (e.Type != 0)
        {
            // The writer's numbers are absolute; the first event of a block counts from 0.
            w.Write7BitEncodedInt(unchecked((int)(e.Sequence - 1 - e.SequenceBefore)));
            w.Write7BitEncodedInt64(e.Thread);
            w.Write7BitEncodedInt(3);
        }
        w.Write7BitEncodedInt64(e.Thread);
        w.Write7BitEncodedInt(e.Stack);
        w.Write7BitEncodedInt64(e.Ticks - ticks);
        w.Write(new byte[16]);
        w.Write7BitEncodedInt(e.Payload.Length);
        w.Write(e.Payload);
        ticks = e.Ticks;
    }

    private static void WriteFull(BinaryWriter w, NetTraceDrawnEvent e)
    {
        var padding = (4 - (e.Payload.Length & 3)) & 3;
        w.Write(76 + e.Payload.Length + padding);
        w.Write(e.Type | int.MinValue);
        w.Write(e.Sequence);
        w.Write(e.Thread);
        w.Write(e.Thread);
        w.Write(3);
        w.Write(e.Stack);
        w.Write(e.Ticks);
        w.Write(new byte[32]);
        w.Write(e.Payload.Length);
        w.Write(e.Payload);
        w.Write(new byte[padding]);
    }

    private void Begin(string name, int version)
    {
        _writer.Write([5, 5, 1]);
        _writer.Write(version);
        _writer.Write(version);
        Sized(name);
        _writer.Write((byte)6);
    }

    private void Sized(string text)
    {
        _writer.Write(text.Length);
        _writer.Write(Encoding.ASCII.GetBytes(text));
    }

    private void Pointer(BinaryWriter w, ulong address)
    {
        if (_pointerBytes == 4) w.Write((uint)address);
        else w.Write(address);
    }
}

/// <summary>An event to write.</summary>
internal sealed record NetTraceDrawnEvent(int Type, uint Sequence, long Thread, int Stack, long Ticks, byte[] Payload)
{
    /// <summary>The sequence number of the event before it in its block.</summary>
    public uint SequenceBefore { get; init; }
}
