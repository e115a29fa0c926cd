namespace Kagari.Profiles;

/// <summary>The constants of a chunk that stacks are made of. Others are passed over.</summary>
/// <remarks>
/// Checkpoint events hold them, and each names the one before it; the header names the last.
/// <code>
/// size, 1, start, duration, distance to the one before (negative) or 0, flags (a byte), number of pools
/// pool: class id, count, (id, value)*
/// </code>
/// Ids hold for one chunk.
/// </remarks>
internal sealed class JfrConstants
{
    private const long CheckpointType = 1;

    /// <summary><c>jdk.types.Symbol</c>: names of classes and methods.</summary>
    public IdTable<JfrText> Symbols;

    /// <summary><c>java.lang.String</c>.</summary>
    public IdTable<JfrText> Strings;

    /// <summary><c>java.lang.Class</c>: the symbol of its name.</summary>
    public IdTable<long> Classes;

    public IdTable<JfrMethod> Methods;

    public IdTable<JfrStackTrace> StackTraces;

    public IdTable<JfrThreadState> ThreadStates;

    public long MemoryBytes =>
        Symbols.MemoryBytes + Strings.MemoryBytes + Classes.MemoryBytes + Methods.MemoryBytes + StackTraces.MemoryBytes + ThreadStates.MemoryBytes;

    /// <summary>Reads all checkpoints; false where one is none, which <paramref name="at"/> then is.</summary>
    public bool TryRead(ref JfrCursor cursor, JfrMetadata metadata, JfrRecord record, int last, out int at)
    {
        Symbols.Clear();
        Strings.Clear();
        Classes.Clear();
        Methods.Clear();
        StackTraces.Clear();
        ThreadStates.Clear();
        at = last;
        while (true)
        {
            if (!TryReadCheckpoint(ref cursor, metadata, record, at, out var distance)) return false;
            if (distance == 0) return true;
            // Only backwards, as everyone writes them: then the walk ends.
            if (distance > 0 || at + distance < JfrChunkHeader.Bytes) return false;
            at += (int)distance;
        }
    }

    /// <summary>The text itself where it is a constant; empty where the chunk lacks it.</summary>
    public JfrText Resolve(in JfrText text) =>
        text.Encoding != JfrTextEncoding.Constant ? text : Strings.Find(text.Constant) is >= 0 and var row ? Strings[row] : default;

    private bool TryReadCheckpoint(ref JfrCursor cursor, JfrMetadata metadata, JfrRecord record, int at, out long distance)
    {
        distance = 0;
        cursor.Seek(at, cursor.Data.Length);
        var size = cursor.ReadInt();
        var type = cursor.ReadLong();
        if (cursor.Failed || type != CheckpointType || size < cursor.Position - at || size > cursor.Data.Length - at) return false;
        cursor.Seek(cursor.Position, at + size);
        cursor.ReadLong();   // start
        cursor.ReadLong();   // duration
        distance = cursor.ReadLong();
        cursor.ReadByte();   // flags
        for (var pools = cursor.ReadInt(); pools > 0 && cursor.TryStep(); pools--)
        {
            var row = metadata.Find(cursor.ReadLong());
            if (row < 0) return false;   // of an unknown class: nobody could say where its values end
            for (var count = cursor.ReadCount(); count > 0 && cursor.TryStep(); count--) ReadConstant(ref cursor, metadata, record, metadata[row]);
        }
        return !cursor.Failed;
    }

    private void ReadConstant(ref JfrCursor cursor, JfrMetadata metadata, JfrRecord record, in JfrClass type)
    {
        var id = cursor.ReadLong();
        var position = cursor.Position;
        if (type.Name == JfrClassName.String)
        {
            Strings.Set(id, cursor.ReadText());
            return;
        }
        record.Read(ref cursor, metadata, type);
        if (cursor.Failed) return;
        switch (type.Name)
        {
            case JfrClassName.Symbol: Symbols.Set(id, record.Text(JfrRole.Text)); break;
            case JfrClassName.Class: Classes.Set(id, record.Number(JfrRole.Name)); break;
            case JfrClassName.Method: Methods.Set(id, new JfrMethod(record.Number(JfrRole.Type), record.Number(JfrRole.Name), JfrMethod.Unresolved)); break;
            // Frames are read when an event needs them.
            case JfrClassName.StackTrace: StackTraces.Set(id, new JfrStackTrace(type, position, JfrStackTrace.Unresolved)); break;
            case JfrClassName.ThreadState: ThreadStates.Set(id, StateOf(record.Text(JfrRole.Name), cursor)); break;
        }
    }

    private static JfrThreadState StateOf(in JfrText name, in JfrCursor cursor)
    {
        var bytes = cursor.Data.Slice(name.Start, name.Length);
        if (bytes.SequenceEqual("STATE_SLEEPING"u8)) return JfrThreadState.Sleeping;
        return bytes.SequenceEqual("STATE_RUNNABLE"u8) ? JfrThreadState.Runnable : JfrThreadState.Other;
    }
}

/// <summary>A method: ids of its class and of the symbol of its name, and the function that it became.</summary>
internal readonly record struct JfrMethod(long Class, long Name, int Function)
{
    public const int Unresolved = -1, Unknown = -2;
}

/// <summary>A stack trace: where its value begins, and the stack that it became.</summary>
internal readonly record struct JfrStackTrace(JfrClass Class, int Position, int Stack)
{
    public const int Unresolved = -1;
}

/// <summary>What a thread was doing.</summary>
internal enum JfrThreadState : byte
{
    Other,
    Sleeping,
    Runnable,
}
