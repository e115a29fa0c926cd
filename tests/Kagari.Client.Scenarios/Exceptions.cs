using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Exceptions that are thrown and caught.</summary>
internal static class Exceptions
{
    /// <summary>So many of three types.</summary>
    public static void All(Run run)
    {
        using var session = run.Start(ProfileKinds.Exceptions);
        run.Upload(session, "start");
        for (var i = 0; i < 500; i++) Catch(static () => throw new InvalidOperationException("of the state"));
        for (var i = 0; i < 70; i++) Catch(static () => throw new FormatException("of the text"));
        for (var i = 0; i < 3; i++) Catch(static () => throw new KeyNotFoundException<int>());
        run.Upload(session, "work");
    }

    /// <summary>A program that ends without ending its profiler.</summary>
    public static void Exit(Run run)
    {
        run.Upload(run.Start(ProfileKinds.Exceptions), "start");
        for (var i = 0; i < 500; i++) Catch(static () => throw new InvalidOperationException("of the state"));
    }

    /// <summary>A steady rate with a budget that is too small for it: sampled ever less, it stands for as much.</summary>
    public static void Slowed(Run run)
    {
        using var session = run.Start(ProfileKinds.Exceptions, o =>
        {
            o.OverheadBudget = 0.001;
            o.UploadInterval = TimeSpan.FromSeconds(1);
        });
        run.Upload(session, "start");
        var end = Stopwatch.GetTimestamp() + (7 * Stopwatch.Frequency);
        var thrown = 0;
        for (; Stopwatch.GetTimestamp() < end; thrown += 10)
        {
            for (var i = 0; i < 10; i++) Catch(static () => throw new InvalidOperationException("again"));
            Thread.Sleep(10);
        }
        run.Upload(session, "work");
        Run.Say("thrown", thrown);
    }

    /// <summary>More than anyone wants to count: 100 a second are allowed.</summary>
    public static void Flood(Run run)
    {
        using var session = run.Start(ProfileKinds.Exceptions, o =>
        {
            o.ExceptionsPerSecondMax = 100;
            o.UploadInterval = TimeSpan.FromSeconds(10);
        });
        run.Upload(session, "start");
        for (var i = 0; i < 300_000; i++) Catch(static () => throw new InvalidOperationException("again"));
        run.Upload(session, "work");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Catch(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or KeyNotFoundException<int>)
        {
            // This is what it is for.
        }
    }

    /// <summary>A generic type, whose name the runtime writes in its own way.</summary>
    private sealed class KeyNotFoundException<T> : Exception;
}
