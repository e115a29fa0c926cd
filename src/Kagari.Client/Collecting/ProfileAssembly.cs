using System.Runtime.InteropServices;
using Kagari.Client.Sampling;
using Kagari.Client.Symbols;
using Kagari.Profiles;

namespace Kagari.Client.Collecting;

/// <summary>The profiles of one window, as the sources add them.</summary>
internal sealed class ProfileAssembly(ProfileBuilder builder, StackResolver resolver, DotNetFrames frames, ThreadTimes times, WindowTime time)
{
    private readonly List<(NetTraceProfileType Type, ReadOnlyMemory<byte> Pprof)> _profiles = [];
    private readonly List<int> _locations = [];
    private NetTraceProfileType _type;

    /// <summary>The profiles so far.</summary>
    public IReadOnlyList<(NetTraceProfileType Type, ReadOnlyMemory<byte> Pprof)> Profiles => _profiles;

    public WindowTime Time => time;

    public ThreadTimes Times => times;

    public StackResolver Resolver => resolver;

    /// <summary>Begins a profile.</summary>
    public void Begin(in NetTraceProfileType type, long period)
    {
        _type = type;
        builder.Begin(type, time, period);
    }

    /// <summary>Adds a sample whose stack are addresses, and a frame above its leaf where there is one.</summary>
    public void Add(ReadOnlySpan<ulong> stack, LabelContext? labels, long first, long second, string? leaf = null)
    {
        var locations = resolver.Resolve(stack);
        if (leaf is null && !locations.IsEmpty)
        {
            builder.Add(locations, labels, first, second);
            return;
        }
        _locations.Clear();
        if (leaf is not null) _locations.Add(frames.Of(DotNetNames.OfType(leaf), leaf));
        if (locations.IsEmpty) _locations.Add(frames.Of("[unknown]"));
        _locations.AddRange(locations);
        builder.Add(CollectionsMarshal.AsSpan(_locations), labels, first, second);
    }

    /// <summary>Adds a sample whose frames have names of their own, root first.</summary>
    public void AddNamed(long first, long second, params ReadOnlySpan<string> names)
    {
        _locations.Clear();
        for (var i = names.Length - 1; i >= 0; i--) _locations.Add(frames.Of(names[i]));
        builder.Add(CollectionsMarshal.AsSpan(_locations), null, first, second);
    }

    /// <summary>Adds time of a thread that runs no method: under its name, and the library it was in.</summary>
    public void AddNative(string name, ReadOnlySpan<ulong> stack, long first)
    {
        var thread = frames.Of($"[native thread {name}]");
        if (resolver.LibraryOf(stack) is >= 0 and var library) builder.Add([library, thread], null, first, 0);
        else builder.Add([thread], null, first, 0);
    }

    /// <summary>Adds time of threads that ended before they were sampled, so that the sum is that of the process.</summary>
    public void AddUnseen(long nanos) => AddNamed(nanos, 0, "[threads that ended unseen]");

    /// <summary>Ends the profile.</summary>
    public void End()
    {
        var pprof = builder.End();
        if (!pprof.IsEmpty) _profiles.Add((_type, pprof));
    }
}
