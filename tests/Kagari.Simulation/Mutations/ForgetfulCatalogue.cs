using Kagari.Storage;

namespace Kagari.Simulation.Mutations;

/// <summary>A catalogue that is not told of every ninth segment.</summary>
internal sealed class ForgetfulCatalogue(ICatalogue catalogue) : CatalogueWrapper(catalogue)
{
    private int _appended;

    public override ValueTask AppendAsync(SegmentEntry segment, ReadOnlyMemory<byte> toc, CancellationToken cancellation) =>
        ++_appended % 9 == 0 ? ValueTask.CompletedTask : base.AppendAsync(segment, toc, cancellation);
}
