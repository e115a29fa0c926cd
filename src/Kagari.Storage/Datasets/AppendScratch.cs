namespace Kagari.Storage;

/// <summary>What a <see cref="DatasetWriter"/> needs only while it takes one profile.</summary>
internal sealed class AppendScratch
{
    public ProfileInterner Interner { get; } = new();

    public RowCells Cells { get; } = new();
}
