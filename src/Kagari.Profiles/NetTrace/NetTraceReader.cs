namespace Kagari.Profiles;

/// <summary>Reads traces of the .NET runtime (<c>.nettrace</c>, and what its diagnostic port sends) as they come, in pieces of any size.</summary>
/// <remarks>
/// Format: nettrace 4 and 5 (docs/formats/nettrace.md). A block is handed on once it is whole; of a piece that ends
/// within one only that block is kept. Events cost no garbage. Not thread safe.
/// <code>
/// reader.TryRead(piece, out error) … reader.TryRead(piece, out error)   until IsComplete, or nothing more comes
/// </code>
/// </remarks>
/// <param name="handler">Takes what is found.</param>
public sealed partial class NetTraceReader(INetTraceHandler handler)
{
    /// <summary>The runtime writes blocks of 100 KB; a larger one than this is no trace, and would have to be held in memory.</summary>
    private const int BlockBytesMax = 64 << 20;

    private readonly NetTraceSequences _sequences = new();
    private FlatList<byte> _pending;   // the start of an element that is not whole yet
    private int _wanted;               // bytes of that element that are needed before it can be read on
    private long _skip;                // bytes of an unknown block that are still to come
    private ProfileError _error;

    /// <summary>Whether these bytes start as a trace does.</summary>
    public static bool IsNetTrace(ReadOnlySpan<byte> bytes) => bytes.StartsWith("Nettrace"u8);

    /// <summary>Whether the trace ended as it should. One that did not lacks what the runtime tells last: the names of methods.</summary>
    public bool IsComplete => _state == State.Ended;

    /// <summary>Bytes of the trace that are read.</summary>
    public long Position { get; private set; }

    /// <summary>Events that the process sent and the trace lacks, because buffers were full.</summary>
    public long LostEvents => _sequences.Lost;

    /// <summary>Blocks that were passed over, because their kind is not known.</summary>
    public long UnknownBlocks { get; private set; }

    /// <summary>Reads on.</summary>
    /// <param name="bytes">The next piece of the trace; not needed any more afterwards.</param>
    /// <param name="error">What is wrong, and where. It stays.</param>
    public bool TryRead(ReadOnlySpan<byte> bytes, out ProfileError error)
    {
        while (!_error.IsError && !IsComplete && !bytes.IsEmpty)
        {
            if (_skip > 0)
            {
                var skipped = (int)Math.Min(_skip, bytes.Length);
                _skip -= skipped;
                Position += skipped;
                bytes = bytes[skipped..];
            }
            else if (_pending.Count > 0) bytes = bytes[ReadPending(bytes)..];
            else
            {
                var consumed = ReadElement(bytes);
                if (consumed == 0 && !_error.IsError) consumed = Keep(bytes);
                else Position += consumed;
                bytes = bytes[consumed..];
            }
        }
        error = _error;
        return !error.IsError;
    }

    /// <summary>Takes what the pending element lacks, no byte more: so that it is alone in the buffer.</summary>
    private int ReadPending(ReadOnlySpan<byte> bytes)
    {
        var taken = Keep(bytes[..Math.Min(bytes.Length, _wanted - _pending.Count)]);
        if (_pending.Count < _wanted) return taken;
        var consumed = ReadElement(_pending.Span);
        Position += consumed;
        if (consumed > 0) _pending.Clear();
        return taken;
    }

    private int Keep(ReadOnlySpan<byte> bytes)
    {
        _pending.AddRange(bytes);
        return bytes.Length;
    }

    /// <summary>Says how many bytes an element needs; false where they are not there.</summary>
    private bool Wants(long bytes, ReadOnlySpan<byte> data)
    {
        _wanted = (int)bytes;
        return data.Length >= bytes;
    }

    private int Refuse(string message)
    {
        _error = ProfileError.Malformed($"nettrace: {message}");
        return 0;
    }
}
