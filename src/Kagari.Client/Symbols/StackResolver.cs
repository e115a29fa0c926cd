using Kagari.Profiles;

namespace Kagari.Client.Symbols;

/// <summary>Turns stacks of addresses into stacks of locations of the profile that is being built.</summary>
/// <remarks>
/// <code>
/// leaf                                                            root
/// [libcoreclr.so] Checkout.Pay  (stub) Program.Main  [libcoreclr.so] [libc.so.6]
/// one per library └── methods ──┘ left out, as it is no method        └ left out: what started the thread
/// </code>
/// A thread without any method is one frame under its name, as <c>[native thread .NET Tiered Compilation Worker]</c>.
/// </remarks>
internal sealed class StackResolver(MethodTable methods, NativeModules modules, DotNetFrames frames, bool foldInfrastructure)
{
    private FlatList<int> _locations;

    /// <summary>Frames that are neither a method nor in a library: small pieces of code of the runtime, or methods that were not told.</summary>
    public long Unknown { get; private set; }

    /// <summary>Locations of a stack, leaf first; valid until the next call. Empty: there is no method in it.</summary>
    public ReadOnlySpan<int> Resolve(ReadOnlySpan<ulong> stack)
    {
        _locations.Clear();
        var (native, last, machine, hasMethod) = (-1, -1, "", false);
        for (var i = 0; i < stack.Length; i++)
        {
            var method = methods.Find(stack[i], isLeaf: i == 0);
            if (method < 0)
            {
                // Native frames count where they are the leaf: of the runtime's own, on behalf of a method. Where they
                // are between methods, or started the thread, they only pass execution on.
                if (modules.Find(stack[i]) is not { } module) Unknown++;
                else if (!hasMethod && frames.Of(module) is var location && location != native)
                {
                    _locations.Add(location);
                    native = location;
                }
                continue;
            }
            // A method that is replaced while it runs has two frames: of its old code and of the new.
            if (last >= 0 && method != last && methods.Methods[method].IsSameMethod(methods.Methods[last])) continue;
            var role = methods.RoleOf(method);
            last = method;
            if (role == FrameRole.Machinery && !hasMethod) continue;
            hasMethod = true;
            if (foldInfrastructure)
            {
                // An async method has two frames of one name until it first waits: its own, and the state machine's that it runs.
                var isMachine = methods.IsMoveNext(method);
                if (role == FrameRole.Infrastructure || (!isMachine && machine.Length > 0 && frames.NameOf(method) == machine)) continue;
                machine = isMachine ? frames.NameOf(method) : "";
            }
            _locations.Add(frames.Of(method));
        }
        if (last < 0) _locations.Clear();
        // Nothing but infrastructure: then that is what ran.
        else if (_locations.Count == 0) _locations.Add(frames.Of(last));
        return _locations.Span;
    }

    /// <summary>Whether there is a method in a stack.</summary>
    public bool HasMethod(ReadOnlySpan<ulong> stack)
    {
        for (var i = 0; i < stack.Length; i++)
            if (methods.Find(stack[i], isLeaf: i == 0) >= 0) return true;
        return false;
    }

    /// <summary>Whether a thread with this stack waits: it takes no CPU time.</summary>
    public bool IsWaiting(ReadOnlySpan<ulong> stack)
    {
        for (var i = 0; i < stack.Length; i++)
        {
            var method = methods.Find(stack[i], isLeaf: i == 0);
            if (method < 0) continue;
            var role = methods.RoleOf(method);
            if (role == FrameRole.Machinery) continue;
            return role == FrameRole.Wait;
        }
        return false;
    }

    /// <summary>The location of the library that the leaf is in, for threads without a method; −1: none.</summary>
    public int LibraryOf(ReadOnlySpan<ulong> stack) => stack.Length > 0 && modules.Find(stack[0]) is { } module ? frames.Of(module) : -1;
}
