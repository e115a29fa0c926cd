namespace Kagari.Storage;

/// <summary>The pushes that share a segment; its task ends when the segment is durable and visible, or failed.</summary>
internal sealed class IngestGroup
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Done => _done.Task;

    /// <summary>Why some of its rows are lost; null where none are.</summary>
    public Exception? PoisonedBy { get; private set; }

    public void Poison(Exception cause) => PoisonedBy = cause;

    public void Succeed() => _done.SetResult();

    public void Fail(Exception error)
    {
        _done.SetException(error);
        _ = _done.Task.Exception;   // observed: a client that left must not make this an unobserved exception
    }
}
