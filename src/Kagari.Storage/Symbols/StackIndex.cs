using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Storage;

/// <summary>Open addressing from the 64-bit hash of a whole stack to its node.</summary>
/// <remarks>
/// Stacks with equal hashes are taken for equal: among a million stacks of a chain, two different ones meet with a
/// probability of 3·10⁻⁸. Twelve bytes a slot, three quarters used.
/// </remarks>
internal sealed class StackIndex
{
    private ulong[] _hashes = new ulong[64];
    private int[] _nodes = new int[64];   // node + 1; 0 = empty
    private int _count;

    public long MemoryBytes => 12L * _hashes.Length;

    /// <summary>Asks the processor for the slot of this hash: a table of a busy service is larger than the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong hash)
    {
        if (!Sse.IsSupported) return;
        // An address that a moving garbage collector makes stale only prefetches the wrong line.
        var at = (int)hash & (_hashes.Length - 1);
        Sse.Prefetch0(Unsafe.AsPointer(ref _hashes[at]));
        Sse.Prefetch0(Unsafe.AsPointer(ref _nodes[at]));
    }

    /// <summary>The node of the stack with this hash, or −1.</summary>
    public int Find(ulong hash)
    {
        var mask = _hashes.Length - 1;
        for (var at = (int)hash & mask; _nodes[at] != 0; at = (at + 1) & mask)
            if (_hashes[at] == hash) return _nodes[at] - 1;
        return -1;
    }

    /// <summary>Enters a stack that <see cref="Find"/> did not know.</summary>
    public void Add(ulong hash, int node)
    {
        if ((_count + 1) * 4 > _hashes.Length * 3) Grow();
        Place(hash, node + 1);
        _count++;
    }

    public void Clear()
    {
        Array.Clear(_nodes);
        _count = 0;
    }

    private void Place(ulong hash, int nodePlusOne)
    {
        var mask = _hashes.Length - 1;
        var at = (int)hash & mask;
        while (_nodes[at] != 0) at = (at + 1) & mask;
        (_hashes[at], _nodes[at]) = (hash, nodePlusOne);
    }

    private void Grow()
    {
        var (hashes, nodes) = (_hashes, _nodes);
        _hashes = new ulong[hashes.Length * 2];
        _nodes = new int[hashes.Length * 2];
        for (var i = 0; i < nodes.Length; i++)
            if (nodes[i] != 0) Place(hashes[i], nodes[i]);
    }
}
