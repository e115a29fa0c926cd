using Kagari.Profiles;

namespace Kagari.Client.Symbols;

/// <summary>The methods of this process: what the runtime tells while it compiles them, and of older ones at the start.</summary>
/// <remarks>Events come on other threads: whoever asks holds <see cref="Gate"/>.</remarks>
internal sealed class MethodTable(NativeModules modules) : INetTraceHandler
{
    private readonly NetTraceMethods _methods = new();
    private readonly SourceLocations _sources = new();
    private FlatList<int> _withoutModule;
    private FlatList<byte> _roles;   // by method, + 1; 0: not asked yet
    private int _sorted = -1;        // methods that addresses can be found of

    /// <summary>Held while methods are added.</summary>
    public Lock Gate { get; } = new();

    public NetTraceMethods Methods => _methods;

    /// <summary>Makes all methods that have been told so far ready to be found.</summary>
    /// <returns>Whether methods have other numbers than before.</returns>
    public bool Refresh()
    {
        if (_sorted == _methods.Count) return false;
        foreach (var method in _withoutModule.Span)
            if (modules.PathOf(_methods[method].Start) is { Length: > 0 } path) _methods.SetModule(method, _methods.ModuleOf(System.Text.Encoding.UTF8.GetBytes(path)));
        _withoutModule.Clear();
        _methods.Sort();
        var isCompacted = _methods.TryCompact();
        if (isCompacted) _roles = default;
        _sorted = _methods.Count;
        return isCompacted;
    }

    /// <summary>The method of a frame; −1: none of the runtime's.</summary>
    public int Find(ulong address, bool isLeaf) => _methods.FindFrame(address, isLeaf);

    /// <summary>Whether this is the method that a state machine runs.</summary>
    public bool IsMoveNext(int method) => _methods.Utf8(_methods[method].Name).SequenceEqual("MoveNext"u8);

    /// <summary>What a method is.</summary>
    public FrameRole RoleOf(int method)
    {
        if (method >= _roles.Count) _roles.Resize(_methods.Count);
        ref var role = ref _roles[method];
        if (role == 0)
        {
            var one = _methods[method];
            role = (byte)(1 + (int)(_methods.IsMachinery(method) ? FrameRole.Machinery : FrameRoles.Of(_methods.Text(one.Type), _methods.Text(one.Name))));
        }
        return (FrameRole)(role - 1);
    }

    /// <summary>File and line in which a method begins; an empty file where that is unknown.</summary>
    public (string File, int Line) SourceOf(NetTraceMethod method) => _methods.PathOf(method.Module) is { Length: > 0 } module
        ? method.Token != 0 ? _sources.Of(module, method.Token) : _sources.Of(module, _methods.Text(method.Type), _methods.Text(method.Name))
        : ("", 0);

    public void OnTrace(in NetTraceInfo trace)
    {
    }

    public void OnEventType(NetTraceEventType type) => type.Tag = (int)RuntimeEvents.KindOf(type);

    public void OnEvent(in NetTraceEvent e)
    {
        switch ((RuntimeEventKind)e.Type.Tag)
        {
            case RuntimeEventKind.Method: _methods.TryAdd(e.Payload, e.Ticks); break;
            case RuntimeEventKind.EntryPoint:
                _methods.TryAddEntryPoint(e.Payload, e.Ticks, out var added);
                if (added) _withoutModule.Add(_methods.Count - 1);
                break;
            case RuntimeEventKind.Module: _methods.TryAddModule(e.Payload); break;
        }
    }
}
