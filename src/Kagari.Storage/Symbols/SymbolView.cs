using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>The symbols of a dataset with all that an export needs: files, lines, binaries. Immutable.</summary>
/// <param name="Strings">Strings by id.</param>
/// <param name="Functions">Functions by id.</param>
/// <param name="Mappings">Mappings by id.</param>
/// <param name="Locations">Locations by id.</param>
/// <param name="Lines">Lines of all locations.</param>
/// <param name="Nodes">The stack trie: parents before children, node 0 the root.</param>
public sealed record SymbolView(
    NameView Strings,
    ReadOnlyMemory<FunctionRow> Functions,
    ReadOnlyMemory<MappingRow> Mappings,
    ReadOnlyMemory<LocationRow> Locations,
    ReadOnlyMemory<LineRow> Lines,
    ReadOnlyMemory<StackNode> Nodes)
{
    internal static SymbolView Of(SymbolTable table, ReadOnlyMemory<StackNode> nodes) => new(
        table.Strings.View(), table.Functions.Memory, table.Mappings.Memory, table.Locations.Memory, table.Lines.Memory, nodes);
}
