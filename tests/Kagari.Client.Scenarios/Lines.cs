using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Methods that tell in which file and line they begin.</summary>
internal static class Lines
{
    private static readonly HashSet<string> s_told = [];

    public static async Task AllAsync(Run run)
    {
        using var session = run.Start(ProfileKinds.Cpu, o => o.SourceLines = true);
        run.Upload(session, "start");
        for (var i = 0; i < 150; i++)
        {
            Plain();
            await WaitAsync();
            foreach (var sum in Iterate()) GC.KeepAlive(sum);
        }
        run.Upload(session, "work");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Plain()
    {
        Tell();
        return Burn(100);
    }

    private static async Task WaitAsync()
    {
        Tell();
        await Task.Yield();
        Burn(100);
    }

    private static IEnumerable<double> Iterate()
    {
        Tell();
        yield return Burn(100);
    }

    private static void Tell([CallerMemberName] string method = "", [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (s_told.Add(method)) Run.Say(method, $"{file}:{line}");
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Burn(int units)
    {
        var sum = 0.0;
        for (var i = 0; i < units * 8_000; i++) sum += Math.Sqrt(i);
        return sum;
    }
}
