namespace Kagari.Profiles;

/// <summary>Where the code of methods lies, as the runtime told: when it compiled them, and of all at the end.</summary>
/// <remarks>
/// Code that was freed makes room for other code. Where two methods claim an address the one told last has it, which is
/// right for all samples but those of code that was freed while the trace ran.
/// </remarks>
internal sealed class NetTraceMethods
{
    /// <summary>Bytes of code of a method whose end is not told; larger ones are rare.</summary>
    private const int UntoldBytesMax = 64 << 10;

    /// <summary>Fewer are not worth the work of forgetting some.</summary>
    private const int CompactedMin = 20_000;

    private NameTable _texts = new();
    private IdTable<int> _modules;   // paths
    private FlatList<NetTraceMethod> _methods;
    private FlatList<(ulong Start, ulong End, int Method)> _ranges;
    private FlatList<byte> _utf8;

    public int Count => _methods.Count;

    public NetTraceMethod this[int method] => _methods[method];

    /// <summary>A text of a method.</summary>
    public string Text(int text) => _texts.GetString(text);

    /// <summary>The same, as bytes.</summary>
    public ReadOnlySpan<byte> Utf8(int text) => _texts[text];

    /// <summary>The path of a module; empty where it is unknown.</summary>
    public string PathOf(long module) => _modules.Find(module) is >= 0 and var row ? _texts.GetString(_modules[row]) : "";

    /// <summary>Takes a MethodLoadVerbose or its like: method, module, start, size, token, flags, namespace, name…; false where it is too short.</summary>
    public bool TryAdd(ReadOnlySpan<byte> payload, long ticks)
    {
        var cursor = new NetTraceCursor(payload);
        cursor.ReadInt64();
        var (module, start, size) = (cursor.ReadInt64(), cursor.ReadUInt64(), cursor.ReadUInt32());
        var token = cursor.ReadInt32();
        cursor.Skip(4);
        var type = cursor.ReadText();
        var name = cursor.ReadText();
        if (cursor.Failed) return false;
        if (size > 0 && start <= ulong.MaxValue - size) _methods.Add(new NetTraceMethod(start, size, module, token, ticks, Intern(type), Intern(name)));
        return true;
    }

    /// <summary>Takes an R2RGetEntryPoint: method, type, name, signature, address. Its code was compiled ahead; where it ends is not told.</summary>
    /// <param name="payload">The event's.</param>
    /// <param name="ticks">When it came.</param>
    /// <param name="added">Whether there is a method more.</param>
    public bool TryAddEntryPoint(ReadOnlySpan<byte> payload, long ticks, out bool added)
    {
        added = false;
        var cursor = new NetTraceCursor(payload);
        cursor.ReadInt64();
        var type = cursor.ReadText();
        var name = cursor.ReadText();
        cursor.ReadText();
        var start = cursor.ReadUInt64();
        if (cursor.Failed) return false;
        added = start > 0;
        if (added) _methods.Add(new NetTraceMethod(start, 0, 0, 0, ticks, Intern(type), Intern(name)));
        return true;
    }

    /// <summary>Says which module a method is in, where the runtime did not.</summary>
    public void SetModule(int method, long module) => _methods[method] = _methods[method] with { Module = module };

    /// <summary>The module that was loaded from a file; 0: none.</summary>
    public long ModuleOf(ReadOnlySpan<byte> path)
    {
        if (!_texts.TryFind(path, out var text)) return 0;
        for (var row = 0; row < _modules.Count; row++)
            if (_modules[row] == text) return _modules.IdOf(row);
        return 0;
    }

    /// <summary>Takes a ModuleLoad or its like: module, assembly, flags, reserved, path…; false where it is too short.</summary>
    public bool TryAddModule(ReadOnlySpan<byte> payload)
    {
        var cursor = new NetTraceCursor(payload);
        var module = cursor.ReadInt64();
        cursor.Skip(16);
        var path = cursor.ReadText();
        if (cursor.Failed) return false;
        if (!path.IsEmpty) _modules.Set(module, Intern(path));
        return true;
    }

    /// <summary>Makes addresses ready to be found, when all methods are there.</summary>
    public void Sort()
    {
        _ranges.Clear();
        var order = new int[_methods.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(order, (a, b) => _methods[a].Start.CompareTo(_methods[b].Start));
        // A walk over all starts and ends: of the methods that are open the newest has the piece up to the next one.
        var open = new PriorityQueue<(int Method, ulong End), (long, int)>(order.Length);
        var (at, next) = (0UL, 0);
        while (next < order.Length || open.Count > 0)
        {
            if (open.Count == 0) at = _methods[order[next]].Start;
            for (; next < order.Length && _methods[order[next]].Start <= at; next++) open.Enqueue((order[next], EndOf(order, next)), (-_methods[order[next]].Ticks, -order[next]));
            var (newest, end) = open.Peek();
            if (end <= at)
            {
                open.Dequeue();
                continue;
            }
            if (next < order.Length) end = Math.Min(end, _methods[order[next]].Start);
            AddRange(at, end, newest);
            at = end;
        }
    }

    /// <summary>Where the end is not told, code reaches to the next method that ever ran: what lies between did not run.</summary>
    private ulong EndOf(int[] order, int at)
    {
        var one = _methods[order[at]];
        if (one.Size > 0) return one.End;
        var next = at + 1;
        while (next < order.Length && _methods[order[next]].Start == one.Start) next++;
        var most = one.Start > ulong.MaxValue - UntoldBytesMax ? ulong.MaxValue : one.Start + UntoldBytesMax;
        return next < order.Length ? Math.Min(most, _methods[order[next]].Start) : most;
    }

    /// <summary>Forgets methods whose code has made room for other code, where they are the most: numbers of methods and texts change then.</summary>
    /// <remarks>Needs <see cref="Sort"/> before. A program that compiles code all its life would fill the memory otherwise.</remarks>
    /// <returns>Whether something was forgotten.</returns>
    public bool TryCompact()
    {
        if (_methods.Count < CompactedMin || _methods.Count < 2 * (long)_ranges.Count) return false;
        var (texts, old) = (new NameTable(), _texts);
        var (methods, moved) = (default(FlatList<NetTraceMethod>), new Dictionary<int, int>());
        foreach (ref var range in _ranges.Span)
        {
            if (!moved.TryGetValue(range.Method, out var method))
            {
                var one = _methods[range.Method];
                moved.Add(range.Method, method = methods.Count);
                methods.Add(one with { Type = texts.Intern(old[one.Type]), Name = texts.Intern(old[one.Name]) });
            }
            range.Method = method;
        }
        for (var row = 0; row < _modules.Count; row++) _modules[row] = texts.Intern(old[_modules[row]]);
        (_methods, _texts) = (methods, texts);
        return true;
    }

    /// <summary>The method whose code has this address; −1 where none has.</summary>
    public int Find(ulong address)
    {
        var ranges = _ranges.Span;
        var (low, high) = (0, ranges.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].End <= address) low = middle + 1;
            else high = middle;
        }
        return low < ranges.Length && ranges[low].Start <= address ? ranges[low].Method : -1;
    }

    /// <summary>The method of a frame. Return addresses lie behind the call, which may be the last thing that a method does.</summary>
    public int FindFrame(ulong address, bool isLeaf)
    {
        var method = Find(isLeaf || address == 0 ? address : address - 1);
        return method < 0 && isLeaf && address > 0 ? Find(address - 1) : method;
    }

    /// <summary>Whether a method is what the runtime itself runs above the code in question: where threads stop for the sampler, and what throws.</summary>
    public bool IsMachinery(int method)
    {
        var type = Utf8(_methods[method].Type);
        var name = Utf8(_methods[method].Name);
        return type.SequenceEqual("System.Runtime.EH"u8) || type.SequenceEqual("System.Diagnostics.Tracing.NativeRuntimeEventSource"u8) || (type.SequenceEqual("System.Threading.Thread"u8) && name.IndexOf("PollGC"u8) >= 0);
    }

    private void AddRange(ulong start, ulong end, int method)
    {
        if (_ranges.Count > 0 && _ranges[^1] is var last && last.Method == method && last.End == start) _ranges[^1] = (last.Start, end, method);
        else _ranges.Add((start, end, method));
    }

    private int Intern(ReadOnlySpan<char> text)
    {
        _utf8.Clear();
        var buffer = _utf8.Extend(System.Text.Encoding.UTF8.GetMaxByteCount(text.Length));
        return _texts.Intern(buffer[..System.Text.Encoding.UTF8.GetBytes(text, buffer)]);
    }
}
