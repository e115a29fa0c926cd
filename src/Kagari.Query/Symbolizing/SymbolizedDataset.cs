using Kagari.Storage;

namespace Kagari.Query;

/// <summary>A dataset whose addresses have become functions. Stacks keep their numbers, so rows and cells fit as they are.</summary>
/// <param name="View">With names and tree of functions.</param>
/// <param name="Symbols">With their lines.</param>
internal sealed record SymbolizedDataset(DatasetView View, SymbolView Symbols);
