namespace Kagari.Client;

/// <summary>Labels of samples: what the program was busy with when it used CPU, memory or a lock.</summary>
/// <remarks>
/// Labels follow the flow of work, not the thread: over <c>await</c>, into <see cref="Task.Run(Action)"/>, parallel loops and
/// new threads, and not into what happens to run on the same thread next. They go wherever <see cref="ExecutionContext"/>
/// goes; what does not take it along (<c>UnsafeStart</c>, <c>UnsafeQueueUserWorkItem</c>) has no labels. What is begun within a scope and outlives it, such as a
/// timer, keeps its labels. All members may be called
/// from any thread. Which names and values are allowed: <see cref="ProfileLabels"/>.
/// </remarks>
public static class Labels
{
    /// <summary>These labels hold until what is returned is disposed. Of nested scopes the inner wins, name by name.</summary>
    /// <example><code>using (Labels.Scope(("endpoint", "/car"))) await OrderAsync();</code></example>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static LabelScope Scope(params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var current = CurrentLabels.Value;
        var table = (current?.Table ?? LabelTable.Empty).With(labels, LabelTable.HashOf(labels));
        return CurrentLabels.Enter(current, table);
    }

    /// <summary>These labels hold until what is returned is disposed. Of nested scopes the inner wins, name by name.</summary>
    public static LabelScope Scope(ProfileLabels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        var current = CurrentLabels.Value;
        return CurrentLabels.Enter(current, labels.Over(current?.Table ?? LabelTable.Empty));
    }

    /// <summary>Runs something with these labels.</summary>
    public static void Do(ProfileLabels labels, Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        Do(labels, static action => action(), action);
    }

    /// <summary>Runs something with these labels.</summary>
    public static void Do<TState>(ProfileLabels labels, Action<TState> action, TState state)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(action);
        using (CurrentLabels.Change(labels.Over(CurrentLabels.Table))) action(state);
    }

    /// <summary>Runs something with these labels.</summary>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static void Do(Action action, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Change(labels)) action();
    }

    /// <summary>Runs something with these labels, to its end. The caller has its own labels back as soon as it has the task.</summary>
    public static Task DoAsync(ProfileLabels labels, Func<Task> action) => DoAsync<Task>(labels, action);

    /// <summary>Runs something with these labels, to its end. The caller has its own labels back as soon as it has the task.</summary>
    public static Task<T> DoAsync<T>(ProfileLabels labels, Func<Task<T>> action) => DoAsync<Task<T>>(labels, action);

    /// <summary>Runs something with these labels, to its end. The caller has its own labels back as soon as it has the task.</summary>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static Task DoAsync(Func<Task> action, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Change(labels)) return action();
    }

    /// <summary>Runs something with these labels, to its end. The caller has its own labels back as soon as it has the task.</summary>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static Task<T> DoAsync<T>(Func<Task<T>> action, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        ArgumentNullException.ThrowIfNull(action);
        using (Change(labels)) return action();
    }

    /// <summary>From now on all samples of the process have this label, unless their flow has another of that name. An empty value takes it away.</summary>
    /// <remarks>For what changes seldom: whether this instance leads, which model is loaded. What never changes belongs to <see cref="KagariOptions.Labels"/>.</remarks>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static void SetAmbient(string name, string value) => AmbientLabels.Set(name, value);

    /// <summary>Takes away all that <see cref="SetAmbient"/> set.</summary>
    public static void ClearAmbient() => AmbientLabels.Clear();

    // What awaits within the action took the labels along when it began to wait, so they may be left at once.
    private static TTask DoAsync<TTask>(ProfileLabels labels, Func<TTask> action)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(action);
        using (CurrentLabels.Change(labels.Over(CurrentLabels.Table))) return action();
    }

    private static LabelChange Change(ReadOnlySpan<(string Name, string Value)> labels) =>
        CurrentLabels.Change(CurrentLabels.Table.With(labels, LabelTable.HashOf(labels)));
}
