using System.Net;
using System.Net.Sockets;

namespace Kagari.Server.Authentication.Enforcement;

/// <summary>Something per address of clients; the least recently used give way. Not thread safe.</summary>
/// <remarks>Of IPv6 the first 64 bits count: whoever has one address has all those of its network.</remarks>
internal sealed class AddressTable<T>(int countMax)
    where T : class, new()
{
    private readonly Dictionary<IPAddress, LinkedListNode<(IPAddress Address, T Value)>> _nodes = [];
    private readonly LinkedList<(IPAddress Address, T Value)> _order = new();

    public int Count => _nodes.Count;

    public T Of(IPAddress? address)
    {
        var key = Network(address);
        if (_nodes.TryGetValue(key, out var node)) _order.Remove(node);
        else _nodes.Add(key, node = new LinkedListNode<(IPAddress, T)>((key, new T())));
        _order.AddLast(node);
        if (_nodes.Count > countMax)
        {
            _nodes.Remove(_order.First!.Value.Address);
            _order.RemoveFirst();
        }
        return node.Value.Value;
    }

    public void Remove(IPAddress? address)
    {
        if (_nodes.Remove(Network(address), out var node)) _order.Remove(node);
    }

    private static IPAddress Network(IPAddress? address)
    {
        const int Ipv6Bytes = 16, NetworkBytes = 8;
        if (address is null) return IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        Span<byte> bytes = stackalloc byte[Ipv6Bytes];
        address.TryWriteBytes(bytes, out _);
        bytes[NetworkBytes..].Clear();
        return new IPAddress(bytes);
    }
}
