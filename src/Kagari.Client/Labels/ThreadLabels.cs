using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Client;

/// <summary>Which context a thread of the system had at which time. Samples arrive later than they are taken, so the past is asked for.</summary>
internal static class ThreadLabels
{
    /// <summary>How long the history of a dead thread is kept. Samples arrive within a second.</summary>
    private static readonly long DeadKeptTicks = 2 * Stopwatch.Frequency;

    private static readonly ConcurrentDictionary<int, ThreadHistory> Histories = new();
    private static readonly ConcurrentQueue<ThreadHistory> Dead = new();
    private static readonly Lock Registering = new();

    // Since when changes are recorded; the first stays when recording ends, since the last samples are still to come.
    private static long s_sinceTicks;
    private static long s_recordingSinceTicks;

    [ThreadStatic]
    private static ThreadHistory? t_history;

    // Nothing but the thread refers to it, so its finalizer says that the thread is gone.
    [ThreadStatic]
    private static Mourner? t_mourner;

    /// <summary>Whether changes are recorded. What a thread has when this is turned on is known from its next change on.</summary>
    public static bool IsRecording
    {
        get => Volatile.Read(ref s_recordingSinceTicks) != 0;
        set
        {
            lock (Registering)
            {
                if (value == IsRecording) return;
                if (value) Volatile.Write(ref s_sinceTicks, Stopwatch.GetTimestamp());
                Volatile.Write(ref s_recordingSinceTicks, value ? s_sinceTicks : 0);
            }
        }
    }

    /// <summary>Threads whose histories are kept, dead ones too.</summary>
    public static int Count => Histories.Count;

    /// <summary>The context of a thread at a time, with the labels of the process at that time, without a span that had ended.</summary>
    /// <param name="osThreadId">What the system calls the thread; see <see cref="OperatingSystemThread"/>.</param>
    /// <param name="ticks">On the clock of <see cref="Stopwatch"/>.</param>
    /// <param name="context">Null for no labels. Where they are lost, the labels of the process.</param>
    /// <returns>Found also for a thread that never had labels.</returns>
    public static LabelLookup Find(int osThreadId, long ticks, out LabelContext? context)
    {
        context = null;
        var lookup = LabelLookup.Found;
        if (Histories.TryGetValue(osThreadId, out var history)) lookup = Find(history, ticks, out context);
        if (context?.Span is { } span && SpanLabels.Running(span, ticks) is var running && !ReferenceEquals(running, span)) context = LabelContext.Of(context.Table, running);
        var ambient = AmbientLabels.At(ticks);
        if (!ReferenceEquals(ambient, LabelTable.Empty)) context = context is null ? ambient.Alone : LabelContext.Of(context.Table.Over(ambient), context.Span);
        if (!Dead.IsEmpty) Bury(Stopwatch.GetTimestamp());
        return lookup;
    }

    /// <summary>The thread that runs here turned from one context to another. The hot path: it runs at every switch of flows. It must not throw: the runtime ends the program then.</summary>
    public static void Record(LabelContext? previous, LabelContext? current)
    {
        var since = Volatile.Read(ref s_recordingSinceTicks);
        if (since == 0) return;
        (t_history ?? Register()).Record(Stopwatch.GetTimestamp(), since, previous, current);
    }

    /// <summary>Lets go of the histories of threads that died a while ago.</summary>
    public static void Bury(long nowTicks)
    {
        while (Dead.TryPeek(out var oldest) && nowTicks - oldest.DiedTicks > DeadKeptTicks)
        {
            lock (Registering)
            {
                if (!Dead.TryDequeue(out var dead)) return;
                if (!Histories.TryGetValue(dead.OsThreadId, out var history)) continue;
                if (ReferenceEquals(history, dead)) Histories.TryRemove(dead.OsThreadId, out _);
                // The id was given to another thread, whose history stands before it.
                for (; history is not null; history = history.Earlier)
                    if (ReferenceEquals(history.Earlier, dead)) history.Earlier = dead.Earlier;
            }
        }
    }

    /// <summary>A history for a thread. One of a dead thread with the same id stays behind it for a while.</summary>
    public static ThreadHistory Add(int osThreadId)
    {
        var history = new ThreadHistory(osThreadId);
        lock (Registering)
        {
            if (Histories.TryGetValue(osThreadId, out var earlier))
            {
                earlier.Die(Stopwatch.GetTimestamp());
                history.Earlier = earlier;
            }
            Histories[osThreadId] = history;
        }
        if (!Dead.IsEmpty) Bury(Stopwatch.GetTimestamp());
        return history;
    }

    /// <summary>The thread of a history is gone.</summary>
    public static void Mourn(ThreadHistory history)
    {
        history.Die(Stopwatch.GetTimestamp());
        Dead.Enqueue(history);
    }

    private static LabelLookup Find(ThreadHistory history, long ticks, out LabelContext? context)
    {
        var since = Volatile.Read(ref s_sinceTicks);
        for (var at = history; at is not null; at = at.Earlier)
        {
            if (at.Find(ticks, since, out context) is not { } lookup) continue;
            // A thread that died within a scope has no labels after its death: its id may be that of another by now.
            if (at.DiedTicks is var died and not 0 && ticks > died) context = null;
            return lookup;
        }
        context = null;
        return LabelLookup.Found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ThreadHistory Register()
    {
        var id = OperatingSystemThread.CurrentId;
        // Where the system does not say which thread this is, nobody will ask for it either.
        if (id == 0) return t_history = new ThreadHistory(0);
        var history = t_history = Add(id);
        t_mourner = new Mourner(history);
        return history;
    }

    /// <summary>Is collected when its thread is gone.</summary>
    private sealed class Mourner(ThreadHistory history)
    {
        ~Mourner() => Mourn(history);
    }
}
