using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Server.Export;

/// <summary>A stack as one text: names root first, separated by <c>;</c>; a <c>;</c> in a name is <c>:</c>, a line end a blank.</summary>
internal sealed class FoldedStack
{
    private FlatList<byte> _bytes;
    private int _leaf;

    /// <summary>The whole of it; valid until the next.</summary>
    public ReadOnlySpan<byte> Text => _bytes.Span;

    /// <summary>The last of the names; empty where the stack is.</summary>
    public ReadOnlySpan<byte> Leaf => _bytes.Span[_leaf..];

    public void Set(in ExportedSample sample)
    {
        _bytes.Clear();
        _leaf = 0;
        foreach (var id in sample.Stack)
        {
            if (_bytes.Count > 0) _bytes.Add((byte)';');
            _leaf = _bytes.Count;
            _bytes.AddRange(sample.Names[id]);
            var name = _bytes.Span[_leaf..];
            name.Replace((byte)';', (byte)':');
            name.Replace((byte)'\n', (byte)' ');
            name.Replace((byte)'\r', (byte)' ');
        }
    }
}
