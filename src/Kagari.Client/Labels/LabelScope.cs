namespace Kagari.Client;

/// <summary>Labels that hold until this is disposed; see <see cref="Labels.Scope(ProfileLabels)"/>.</summary>
/// <remarks>
/// It belongs to the flow that entered it, on whatever thread that runs by now. Disposing it a second time, or in a flow
/// that has other labels, does nothing: no labels come to work that never had them. Scopes are to be left in the reverse
/// order of entering, as <c>using</c> does it.
/// </remarks>
public readonly struct LabelScope : IDisposable
{
    private readonly LabelTable _before;
    private readonly LabelTable? _entered;
    private readonly ExecutionContext? _outside;
    private readonly ExecutionContext? _inside;

    internal LabelScope(LabelTable before, LabelTable entered, ExecutionContext? outside, ExecutionContext? inside)
    {
        _before = before;
        _entered = entered;
        _outside = outside;
        _inside = inside;
    }

    /// <summary>Puts the labels back that held before.</summary>
    public void Dispose()
    {
        if (_entered is null) return;
        // Execution contexts are immutable: where the one that entering made is still in force, nothing else was changed
        // in it, so the one before it is what restoring would make, without making it.
        if (_inside is not null && ReferenceEquals(ExecutionContext.Capture(), _inside)) ExecutionContext.Restore(_outside!);
        else if (ReferenceEquals(CurrentLabels.Table, _entered)) CurrentLabels.SetTable(_before);
    }
}
