using System.Runtime.CompilerServices;

namespace Kagari.Client.Scenarios;

/// <summary>Methods whose names the compiler mangles; each burns the same.</summary>
internal static class Names
{
    public static async Task AllAsync(Run run)
    {
        using var session = run.Start(ProfileKinds.Cpu);
        run.Upload(session, "start");
        for (var i = 0; i < 120; i++)
        {
            await BurnAsync();
            foreach (var sum in BurnInIterator()) GC.KeepAlive(sum);
            Func<int, double> lambda = units => Burn(units);
            lambda(100);
            BurnLocal(100);
            new Box<List<int>>().BurnGeneric<string>();
            await Task.Run(() => Burn(100));
        }
        run.Upload(session, "work");

        static double BurnLocal(int units) => Burn(units);
    }

    private static async Task BurnAsync()
    {
        await Task.Yield();
        Burn(100);
    }

    private static IEnumerable<double> BurnInIterator()
    {
        yield return Burn(100);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static double Burn(int units)
    {
        var sum = 0.0;
        for (var i = 0; i < units * 8_000; i++) sum += Math.Sqrt(i);
        return sum;
    }

    private sealed class Box<T>
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public T? BurnGeneric<TOther>()
        {
            Burn(typeof(TOther) == typeof(string) ? 100 : 1);
            return default;
        }
    }
}
