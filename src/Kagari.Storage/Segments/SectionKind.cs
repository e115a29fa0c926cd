namespace Kagari.Storage;

/// <summary>The sections of a dataset in a segment. The numbers are part of the file format.</summary>
public enum SectionKind
{
    /// <summary>Strings, functions, mappings, locations and stack nodes that are new in the chain.</summary>
    Symbols = 0,

    /// <summary>Label sets and series groups that are new in the chain.</summary>
    Series = 1,

    /// <summary>One row per profile and series group: time, totals, identity.</summary>
    Rows = 2,

    /// <summary>The cells of the rows: stacks and values, and spans.</summary>
    Samples = 3,
}
