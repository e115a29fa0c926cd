using System.Buffers.Binary;
using System.Text;

namespace Kagari.Testing;

/// <summary>
/// Writes a JFR recording of one chunk from drawings: <c>new JfrDrawing().Event("jdk.ExecutionSample", "a.b;a.c")</c>.
/// Strings come in all encodings in turn, constants in three checkpoints, and each event has fields that no reader knows.
/// </summary>
public sealed class JfrDrawing(bool isCompressed = true)
{
    private const int HeaderBytes = 68;
    private const int Boolean = 4, Char = 5, Float = 6, Double = 7, Byte = 8, Short = 9, Int = 10, Long = 11, Text = 20;
    private const int Class = 21, ThreadState = 25, StackTrace = 26, StackFrame = 27, Method = 28, Symbol = 31, Noise = 40;
    private static readonly string[] s_states = ["STATE_DEFAULT", "STATE_RUNNABLE", "STATE_SLEEPING"];

    private readonly List<(string Name, (string Name, int Type)[] Fields)> _events = [];
    private readonly List<Action> _body = [];
    private readonly List<string> _symbols = [""];
    private readonly List<string> _strings = [""];
    private readonly List<string> _classes = [""];
    private readonly List<(int Class, int Name)> _methods = [default];
    private readonly List<(int Method, int Line)[]> _stacks = [[]];
    private readonly List<byte> _bytes = [];
    private int _texts;

    /// <summary>Adds an event with a stack, root first, frames as <c>pkg/Class.method:line</c>, and further fields.</summary>
    public JfrDrawing Event(string name, string stack, params (string Name, long Value)[] fields) => Add(name, stack, "STATE_RUNNABLE", fields);

    /// <summary>Adds an event of a thread in a state.</summary>
    public JfrDrawing EventIn(string state, string name, string stack, params (string Name, long Value)[] fields) => Add(name, stack, state, fields);

    /// <summary>Adds a setting.</summary>
    public JfrDrawing Setting(string name, string value)
    {
        var type = TypeOf("jdk.ActiveSetting", [("name", Text), ("value", Text)]);
        _body.Add(() => Sized(() =>
        {
            WriteLong(type);
            WriteLong(1);   // startTime
            WriteNoise();
            WriteText(name);
            WriteText(value);
        }));
        return this;
    }

    /// <summary>The recording.</summary>
    public byte[] ToArray()
    {
        _bytes.Clear();
        _texts = 0;
        _bytes.AddRange(new byte[HeaderBytes]);
        foreach (var write in _body) write();
        var first = _bytes.Count;
        Checkpoint(0, (ThreadState, s_states.Length, i => Entry(i, () => WriteText(s_states[i], plain: true))));
        var second = _bytes.Count;
        Checkpoint(first - second,
            (Symbol, _symbols.Count, i => Entry(i, () => WriteText(_symbols[i]))),
            (Class, _classes.Count, i => Entry(i, () => WriteLong(SymbolOf(_classes[i])))),
            (Method, _methods.Count, i => Entry(i, () =>
            {
                WriteLong(_methods[i].Class);
                WriteLong(_methods[i].Name);
            })),
            (StackTrace, _stacks.Count - 1, i => Entry(i + 1, () => WriteStack(_stacks[i + 1]))));
        var last = _bytes.Count;   // strings that the symbols turned out to refer to
        Checkpoint(second - last, (Text, _strings.Count, i => Entry(i, () => WriteText(_strings[i], plain: true))));
        var metadata = _bytes.Count;
        Sized(() =>
        {
            WriteLong(0);
            WriteLong(1);
            WriteLong(1);
            WriteLong(1);
            WriteMetadata();
        });
        var bytes = _bytes.ToArray();
        "FLR\0"u8.CopyTo(bytes);
        bytes[5] = 2;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(8), bytes.Length);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), last);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), metadata);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(56), 1_000_000_000);
        bytes[67] = (byte)(isCompressed ? 1 : 0);
        return bytes;
    }

    private JfrDrawing Add(string name, string stack, string state, (string Name, long Value)[] fields)
    {
        var id = StackOf(stack);
        var type = TypeOf(name, [("state", ThreadState), .. fields.Select(f => (f.Name, f.Name == "samples" ? Int : Long))]);
        _body.Add(() => Sized(() =>
        {
            WriteLong(type);
            WriteLong(1);   // startTime
            WriteNoise();
            WriteLong(id);
            WriteLong(Array.IndexOf(s_states, state));
            foreach (var field in fields)
            {
                if (field.Name == "samples") WriteInt((int)field.Value);
                else WriteLong(field.Value);
            }
        }));
        return this;
    }

    /// <summary>The id of an event class; one for each different list of fields.</summary>
    private int TypeOf(string name, (string Name, int Type)[] fields)
    {
        var known = _events.FindIndex(e => e.Name == name && e.Fields.SequenceEqual(fields));
        if (known < 0)
        {
            known = _events.Count;
            _events.Add((name, fields));
        }
        return 100 + known;
    }

    private int StackOf(string drawing)
    {
        if (drawing.Length == 0) return 0;
        var frames = drawing.Split(';').Reverse().Select(f =>
        {
            var (name, line) = f.LastIndexOf(':') is > 0 and var colon ? (f[..colon], int.Parse(f[(colon + 1)..])) : (f, 1);
            var dot = name.LastIndexOf('.');
            return (MethodOf(name[..dot], name[(dot + 1)..]), line);
        }).ToArray();
        return Index(_stacks, frames, (a, b) => a.SequenceEqual(b));
    }

    private int MethodOf(string type, string name)
    {
        SymbolOf(type);
        return Index(_methods, (Index(_classes, type, string.Equals), SymbolOf(name)), (a, b) => a == b);
    }

    private int SymbolOf(string text) => Index(_symbols, text, string.Equals);

    private static int Index<T>(List<T> list, T item, Func<T, T, bool> equal)
    {
        var known = list.FindIndex(other => equal(other, item));
        if (known >= 0) return known;
        list.Add(item);
        return list.Count - 1;
    }

    private void WriteStack((int Method, int Line)[] frames)
    {
        _bytes.Add(0);   // truncated
        WriteInt(frames.Length);
        foreach (var (method, line) in frames)
        {
            WriteLong(method);
            WriteInt(line);
            WriteInt(7);   // bytecodeIndex
        }
    }

    private void WriteNoise()
    {
        _bytes.AddRange([1, 0x40, 0x49, 0x0f, 0xdb, 0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18, 7]);   // boolean, float, double, byte
        WriteText("noise");
        WriteInt(2);   // an array of short
        WriteShort(3);
        WriteShort(300);
        WriteShort('x');
    }

    private void Checkpoint(int distance, params (int Type, int Count, Action<int> Entry)[] pools) => Sized(() =>
    {
        WriteLong(1);
        WriteLong(1);
        WriteLong(1);
        WriteLong(distance);
        _bytes.Add(0);
        WriteInt(pools.Length);
        foreach (var (type, count, entry) in pools)
        {
            WriteLong(type);
            WriteInt(count);
            for (var i = 0; i < count; i++) entry(i);
        }
    });

    private void Entry(int id, Action value)
    {
        WriteLong(id);
        value();
    }

    private void WriteMetadata()
    {
        var classes = new List<(int Id, string Name, (string Name, int Type, bool IsConstant, bool IsArray)[] Fields)>
        {
            (Boolean, "boolean", []), (Char, "char", []), (Float, "float", []), (Double, "double", []), (Byte, "byte", []), (Short, "short", []),
            (Int, "int", []), (Long, "long", []), (Text, "java.lang.String", []),
            (Class, "java.lang.Class", [("name", Symbol, true, false)]),
            (ThreadState, "jdk.types.ThreadState", [("name", Text, false, false)]),
            (StackTrace, "jdk.types.StackTrace", [("truncated", Boolean, false, false), ("frames", StackFrame, false, true)]),
            (StackFrame, "jdk.types.StackFrame",
                [("method", Method, true, false), ("lineNumber", Int, false, false), ("bytecodeIndex", Int, false, false)]),
            (Method, "jdk.types.Method", [("type", Class, true, false), ("name", Symbol, true, false)]),
            (Symbol, "jdk.types.Symbol", [("string", Text, false, false)]),
            (Noise, "test.Noise",
                [("a", Boolean, false, false), ("b", Float, false, false), ("c", Double, false, false), ("d", Byte, false, false), ("e", Text, false, false), ("f", Short, false, true), ("g", Char, false, false)]),
        };
        foreach (var (name, fields) in _events)
        {
            var own = fields.Select(f => (f.Name, f.Type, f.Type == ThreadState, false)).ToList();
            if (name != "jdk.ActiveSetting") own.Insert(0, ("stackTrace", StackTrace, true, false));
            classes.Add((TypeOf(name, fields), name, [("startTime", Long, false, false), ("noise", Noise, false, false), .. own]));
        }
        var strings = new List<string>();
        int S(string text) => Index(strings, text, string.Equals);
        var tree = new List<int>();
        tree.AddRange([S("root"), 0, 2, S("metadata"), 0, classes.Count]);
        foreach (var (id, name, fields) in classes)
        {
            tree.AddRange([S("class"), 2, S("id"), S($"{id}"), S("name"), S(name), fields.Length + 1]);
            tree.AddRange([S("annotation"), 1, S("class"), S("7"), 0]);
            foreach (var (field, type, isConstant, isArray) in fields)
            {
                tree.AddRange([S("field"), 2 + (isConstant ? 1 : 0) + (isArray ? 1 : 0), S("name"), S(field), S("class"), S($"{type}")]);
                if (isConstant) tree.AddRange([S("constantPool"), S("true")]);
                if (isArray) tree.AddRange([S("dimension"), S("1")]);
                tree.Add(0);
            }
        }
        tree.AddRange([S("region"), 1, S("locale"), S("en"), 0]);
        WriteInt(strings.Count);
        foreach (var text in strings) WriteText(text, plain: true);
        foreach (var number in tree) WriteInt(number);
    }

    /// <summary>Writes an event: its size, which includes itself, and its content.</summary>
    private void Sized(Action content)
    {
        var start = _bytes.Count;
        _bytes.AddRange([0, 0, 0, 0]);
        content();
        var size = _bytes.Count - start;
        for (var i = 0; i < 4; i++) _bytes[start + i] = isCompressed ? (byte)(((size >> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0)) : (byte)(size >> (8 * (3 - i)));
    }

    /// <summary>The encodings take turns, but in places where nobody writes references there is none.</summary>
    private void WriteText(string text, bool plain = false)
    {
        var encoding = (_texts++ % 4) switch { 0 => 3, 1 when text.All(c => c < 256) => 5, 2 => 4, 3 when !plain => 2, _ => 3 };
        if (text.Length == 0) encoding = 1;
        _bytes.Add((byte)encoding);
        switch (encoding)
        {
            case 2:
                WriteLong(Index(_strings, text, string.Equals));
                break;
            case 3 or 5:
                var bytes = (encoding == 3 ? Encoding.UTF8 : Encoding.Latin1).GetBytes(text);
                WriteInt(bytes.Length);
                _bytes.AddRange(bytes);
                break;
            case 4:
                WriteInt(text.Length);
                foreach (var c in text) WriteShort(c);
                break;
        }
    }

    private void WriteShort(int value) => Write(value, 2);

    private void WriteInt(int value) => Write(isCompressed ? (uint)value : value, 4);

    private void WriteLong(long value) => Write(value, 8);

    private void Write(long value, int width)
    {
        if (!isCompressed)
        {
            for (var i = width - 1; i >= 0; i--) _bytes.Add((byte)(value >> (8 * i)));
            return;
        }
        var rest = (ulong)value;
        for (var i = 0; i < 8 && rest >= 0x80; i++, rest >>= 7) _bytes.Add((byte)(rest | 0x80));
        _bytes.Add((byte)rest);
    }
}
