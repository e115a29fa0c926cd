using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Kagari.Storage;

/// <summary>Open addressing from the hash of a whole stack to its node.</summary>
/// <remarks>
/// One hash chooses the slot, another of 64 bits is kept to tell stacks apart: with a million stacks in a chain, two of
/// them agree with a probability of 3·10⁻⁸. Sixteen bytes a slot, three quarters used.
/// </remarks>
internal sealed class StackIndex
{
    private ulong[] _checks = new ulong[64];
    private int[] _nodes = new int[64];   // node + 1; 0 = empty
    private uint[] _places = new uint[64];   // the hash that chose the slot, so that growing needs no stack
    private int _count;

    public long MemoryBytes => 16L * _checks.Length;

    /// <summary>Asks the processor for the slot of this hash: a table of a busy service is larger than the caches.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void Prefetch(ulong place)
    {
        if (!Sse.IsSupported) return;
        // An address that a moving garbage collector makes stale only prefetches the wrong line.
        var at = (int)((uint)place & (uint)(_checks.Length - 1));
        Sse.Prefetch0(Unsafe.AsPointer(ref _checks[at]));
        Sse.Prefetch0(Unsafe.AsPointer(ref _nodes[at]));
    }

    /// <summary>The node of the stack with these hashes, or −1.</summary>
    public int Find(ulong place, ulong check)
    {
        var mask = (uint)_checks.Length - 1;
        for (var at = (uint)place & mask; _nodes[at] != 0; at = (at + 1) & mask)
            if (_checks[at] == check) return _nodes[at] - 1;
        return -1;
    }

    /// <summary>Enters a stack that <see cref="Find"/> did not know.</summary>
    public void Add(ulong place, ulong check, int node)
    {
        if ((_count + 1) * 4 > _checks.Length * 3) Grow();
        Place((uint)place, check, node + 1);
        _count++;
    }

    public void Clear()
    {
        Array.Clear(_nodes);
        _count = 0;
    }

    private void Place(uint place, ulong check, int nodePlusOne)
    {
        var mask = (uint)_checks.Length - 1;
        var at = place & mask;
        while (_nodes[at] != 0) at = (at + 1) & mask;
        (_checks[at], _nodes[at], _places[at]) = (check, nodePlusOne, place);
    }

    private void Grow()
    {
        var (checks, nodes, places) = (_checks, _nodes, _places);
        _checks = new ulong[checks.Length * 2];
        _nodes = new int[checks.Length * 2];
        _places = new uint[checks.Length * 2];
        for (var i = 0; i < nodes.Length; i++)
            if (nodes[i] != 0) Place(places[i], checks[i], nodes[i]);
    }
}
