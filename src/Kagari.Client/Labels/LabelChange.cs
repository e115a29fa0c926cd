namespace Kagari.Client;

/// <summary>Puts labels back, whatever became of them in between: it cannot leave the stack on which they were changed.</summary>
internal readonly ref struct LabelChange(LabelTable before) : IDisposable
{
    public void Dispose() => CurrentLabels.SetTable(before);
}
