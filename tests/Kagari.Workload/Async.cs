using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Kagari.Workload;

/// <summary>Names that compilers make up: state machines, lambdas, local functions.</summary>
internal static class Async
{
    private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(60);

    private static double s_sum;

    public static async Task RunAsync()
    {
        await OuterAsync(s_slice);
        foreach (var value in Iterate(s_slice)) s_sum += value;
    }

    private static async Task OuterAsync(TimeSpan slice)
    {
        await Task.Yield();
        Spin(slice);
        await new Generic<string>().InnerAsync(slice);
        var scale = slice.Ticks;
        Func<double> lambda = () => Spin(slice) * scale;
        s_sum += lambda();
        s_sum += Local();
        Func<Task> asyncLambda = async () =>
        {
            await Task.Yield();
            Spin(slice);
        };
        await asyncLambda();

        [MethodImpl(MethodImplOptions.NoInlining)]
        double Local() => Spin(slice) * scale;
    }

    private static IEnumerable<double> Iterate(TimeSpan slice)
    {
        yield return Spin(slice);
        yield return Spin(slice);
    }

    private sealed class Generic<T>
    {
        public async Task InnerAsync(TimeSpan slice)
        {
            await Task.Yield();
            s_sum += Spin(slice) + typeof(T).Name.Length;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double Spin(TimeSpan slice)
    {
        var sum = 0.0;
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < slice;) sum += Math.Sqrt(Stopwatch.GetTimestamp());
        return sum;
    }
}
