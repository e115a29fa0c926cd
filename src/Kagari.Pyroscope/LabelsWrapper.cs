using Kagari.Client;

namespace Pyroscope;

/// <summary>Runs something with labels.</summary>
/// <remarks>
/// Labels follow the flow of work, over <c>await</c> and into tasks, instead of the thread that called; programs that awaited
/// within <c>Do</c> and lost their labels have them now. Labels are added to those that hold already, the inner ones winning
/// name by name, so that a set does not hide the <c>endpoint</c> of a request. (In the package that this stands in for a set
/// stood alone; there <see cref="LabelSet.BuildUpon"/> was the way to add, which still does the same.)
/// </remarks>
public static class LabelsWrapper
{
    /// <summary>Runs something with these labels.</summary>
    public static void Do(LabelSet labels, Action a)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) a();
    }

    /// <summary>Runs something with these labels.</summary>
    public static void Do<T>(LabelSet labels, Action<T> a, T state)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) a(state);
    }

    /// <summary>Runs something with these labels to its end; the caller has its own back with the task.</summary>
    public static Task Do(LabelSet labels, Func<Task> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) return a();
    }

    /// <summary>Runs something with these labels to its end; the caller has its own back with the task.</summary>
    public static Task<TResult> Do<TResult>(LabelSet labels, Func<Task<TResult>> a)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) return a();
    }

    /// <summary>Runs something with these labels to its end; the caller has its own back with the task.</summary>
    public static Task Do<T>(LabelSet labels, Func<T, Task> a, T state)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) return a(state);
    }

    /// <summary>Runs something with these labels to its end; the caller has its own back with the task.</summary>
    public static Task<TResult> Do<T, TResult>(LabelSet labels, Func<T, Task<TResult>> a, T state)
    {
        ArgumentNullException.ThrowIfNull(a);
        using (Change(labels)) return a(state);
    }

    /// <summary>The same as <c>Do</c>, by the name that asynchronous methods have.</summary>
    public static Task DoAsync(LabelSet labels, Func<Task> a) => Do(labels, a);

    /// <summary>The same as <c>Do</c>, by the name that asynchronous methods have.</summary>
    public static Task<TResult> DoAsync<TResult>(LabelSet labels, Func<Task<TResult>> a) => Do(labels, a);

    /// <summary>These labels hold until what is returned is disposed.</summary>
    public static LabelScope Push(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Labels.Scope(labels.Labels);
    }

    private static LabelChange Change(LabelSet labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return CurrentLabels.Change(labels.Labels.Over(CurrentLabels.Table));
    }
}
