namespace Kagari.Profiles;

/// <content>What is in blocks: descriptions of events, events, stacks, sequence points.</content>
public sealed partial class NetTraceReader
{
    private const int HasShortHeaders = 1;

    /// <summary>Bytes of the head of blocks of events: its own size, flags, first and last time.</summary>
    private const int BlockHeaderBytes = 2 + 2 + 8 + 8;

    /// <summary>Kinds of events: a process has hundreds.</summary>
    private const int TypesMax = 100_000;

    /// <summary>Addresses of stacks between two sequence points; the runtime sets one every 10 seconds or so.</summary>
    private const int StackFramesMax = 32 << 20;

    private readonly List<NetTraceEventType> _types = [];
    private IdTable<int> _typeOf;   // rows of _types
    private NetTraceStackCache _stacks;

    private enum BlockKind
    {
        Unknown,
        MetadataBlock,
        EventBlock,
        StackBlock,
        SPBlock,
    }

    private static BlockKind KindOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("EventBlock"u8) ? BlockKind.EventBlock
        : name.SequenceEqual("StackBlock"u8) ? BlockKind.StackBlock
        : name.SequenceEqual("MetadataBlock"u8) ? BlockKind.MetadataBlock
        : name.SequenceEqual("SPBlock"u8) ? BlockKind.SPBlock
        : BlockKind.Unknown;

    private bool TryReadBlock(BlockKind kind, ReadOnlySpan<byte> block, int pointerBytes, out string fault)
    {
        switch (kind)
        {
            case BlockKind.StackBlock:
                fault = "has stacks that run past its end";
                if (!_stacks.TryAdd(block, pointerBytes)) return false;
                fault = $"is the one after which there are more than the limit of {StackFramesMax} frames since the last sequence point";
                return _stacks.FrameCount <= StackFramesMax;
            case BlockKind.SPBlock:
                fault = "has threads that run past its end";
                return TryReadSequencePoint(block);
            default:
                return TryReadEvents(kind, block, out fault);
        }
    }

    private bool TryReadSequencePoint(ReadOnlySpan<byte> block)
    {
        var cursor = new NetTraceCursor(block);
        cursor.ReadInt64();   // when
        var count = cursor.ReadInt32();
        if (count < 0 || count > cursor.Left / 12) return false;
        for (; count > 0; count--) _sequences.Passed(cursor.ReadInt64(), cursor.ReadUInt32());
        _stacks.Clear();
        return !cursor.Failed;
    }

    private bool TryReadEvents(BlockKind kind, ReadOnlySpan<byte> block, out string fault)
    {
        fault = "is too short";
        var cursor = new NetTraceCursor(block);
        var (headerBytes, flags) = (cursor.ReadInt16(), cursor.ReadInt16());
        if (headerBytes < BlockHeaderBytes || headerBytes > block.Length) return false;
        cursor.Skip(headerBytes - cursor.Position);
        var header = default(NetTraceEventHeader);
        var padding = 0;
        while (cursor.Left > 0)
        {
            var at = cursor.Position;
            if ((flags & HasShortHeaders) != 0 ? !header.TryReadShort(ref cursor) : !header.TryReadFull(ref cursor, out padding))
            {
                fault = $"has no whole event at its byte {at}";
                return false;
            }
            var payload = cursor.ReadBytes(header.PayloadBytes);
            if (cursor.Failed)
            {
                fault = $"has an event at its byte {at} with {header.PayloadBytes} bytes, which is more than there are";
                return false;
            }
            cursor.Skip(Math.Min(padding, cursor.Left));
            if (kind == BlockKind.MetadataBlock ? !TryAddType(payload, out fault) : !TryTake(header, payload, out fault)) return false;
        }
        return true;
    }

    private bool TryTake(in NetTraceEventHeader header, ReadOnlySpan<byte> payload, out string fault)
    {
        fault = "";
        var row = _typeOf.Find(header.TypeId);
        if (row < 0)
        {
            fault = $"has an event of kind {header.TypeId}, which nothing describes";
            return false;
        }
        _sequences.Saw(header.CaptureThreadId, header.Sequence);
        handler.OnEvent(new NetTraceEvent(_types[_typeOf[row]], header, _stacks.Find(header.StackId), payload));
        return true;
    }

    /// <summary>Number, provider, event, name, keywords, version; level and fields are not needed.</summary>
    private bool TryAddType(ReadOnlySpan<byte> payload, out string fault)
    {
        var cursor = new NetTraceCursor(payload);
        var number = cursor.ReadInt32();
        var provider = cursor.ReadText();
        var id = cursor.ReadInt32();
        var name = cursor.ReadText();
        cursor.ReadInt64();
        var version = cursor.ReadInt32();
        fault = cursor.Failed ? "has a description of an event that runs past its end" : $"is the one after which there are more than the limit of {TypesMax} kinds of events";
        if (cursor.Failed || _types.Count >= TypesMax) return false;
        var type = new NetTraceEventType(provider.ToString(), id, name.ToString(), version);
        _typeOf.Set(number, _types.Count);
        _types.Add(type);
        handler.OnEventType(type);
        return true;
    }
}
