using System.Text.Json;

namespace Kagari.Profiles;

/// <summary>The call tree of a V8 profile while it is read: parents come before their children.</summary>
/// <remarks>
/// Three shapes exist: a list of nodes that name their children by id (CPU profiles since 2016), and trees in trees
/// (older CPU profiles, heap profiles), which are walked with a stack of our own because they are as deep as calls are.
/// </remarks>
internal sealed class V8Nodes
{
    private readonly List<JsonElement> _frames = [];
    private readonly List<int> _parents = [];
    private readonly List<int> _depths = [];
    private readonly Dictionary<long, int> _byId = [];

    /// <summary>How many nodes there are; node 0 is the root, which is no frame.</summary>
    public int Count => _parents.Count;

    public int ParentOf(int node) => _parents[node];

    /// <summary>How many frames there are from the root to a node.</summary>
    public int DepthOf(int node) => _depths[node];

    /// <summary>The object with function name, url, line and column.</summary>
    public JsonElement FrameOf(int node) => _frames[node];

    /// <summary>The node with an id of the file.</summary>
    /// <exception cref="FormatException">There is none.</exception>
    public int Find(JsonElement id, string where) =>
        id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && _byId.TryGetValue(number, out var node)
            ? node
            : throw new FormatException($"{where} names node {JsonFields.Short(id)}, which is not there");

    /// <summary>Reads a list of nodes.</summary>
    public void ReadList(JsonElement list, Action<int, JsonElement> onNode)
    {
        var elements = new Dictionary<long, JsonElement>();
        var children = new HashSet<long>();
        foreach (var (index, node) in list.EnumerateArray().Index())
        {
            if (!elements.TryAdd(IdOf(node, index), node)) throw new FormatException($"nodes[{index}] has the id of another node");
            foreach (var child in JsonFields.OptionalArray(node, "children")) children.Add(JsonFields.Integer(child, $"nodes[{index}].children"));
            // Some writers name the parent in the child instead.
            if (node.TryGetProperty("parent", out _)) children.Add(IdOf(node, index));
        }
        var byParent = elements.Where(e => e.Value.TryGetProperty("parent", out _)).ToLookup(e => JsonFields.Integer(e.Value.GetProperty("parent"), "parent"), e => e.Key);
        var roots = elements.Keys.Where(id => !children.Contains(id)).ToList();
        if (roots.Count != 1) throw new FormatException($"there are {roots.Count} nodes that are no child of another; expected 1");
        var open = new Stack<(long Id, int Parent)>([(roots[0], -1)]);
        while (open.TryPop(out var next))
        {
            if (!elements.TryGetValue(next.Id, out var element)) throw new FormatException($"node {next.Id} is a child and not there");
            var node = Add(next.Id, next.Parent, element.TryGetProperty("callFrame", out var frame) ? frame : element);
            onNode(node, element);
            foreach (var child in JsonFields.OptionalArray(element, "children")) open.Push((JsonFields.Integer(child, "children"), node));
            foreach (var child in byParent[next.Id]) open.Push((child, node));
        }
    }

    /// <summary>Reads a tree of nodes.</summary>
    public void ReadTree(JsonElement head, Action<int, JsonElement> onNode)
    {
        var open = new Stack<(JsonElement Node, int Parent)>([(head, -1)]);
        while (open.TryPop(out var next))
        {
            if (next.Node.ValueKind != JsonValueKind.Object) throw new FormatException("a node is no object");
            var id = next.Node.TryGetProperty("id", out var number) ? JsonFields.Integer(number, "id") : -1 - Count;
            var node = Add(id, next.Parent, next.Node.TryGetProperty("callFrame", out var frame) ? frame : next.Node);
            onNode(node, next.Node);
            foreach (var child in JsonFields.OptionalArray(next.Node, "children")) open.Push((child, node));
        }
    }

    private int Add(long id, int parent, JsonElement frame)
    {
        if (frame.ValueKind != JsonValueKind.Object) throw new FormatException($"the call frame of node {id} is no object");
        if (!_byId.TryAdd(id, Count)) throw new FormatException($"node {id} is there twice");
        _parents.Add(parent);
        _depths.Add(parent < 0 ? 0 : _depths[parent] + 1);
        _frames.Add(frame);
        return Count - 1;
    }

    private static long IdOf(JsonElement node, int index) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("id", out var id) ? JsonFields.Integer(id, $"nodes[{index}].id") : throw new FormatException($"nodes[{index}] has no id");
}
