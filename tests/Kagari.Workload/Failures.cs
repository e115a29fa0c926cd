using System.Runtime.CompilerServices;

namespace Kagari.Workload;

/// <summary>Throws and catches.</summary>
internal static class Failures
{
    private const int Count = 25;

    /// <summary>How many exceptions were caught.</summary>
    public static int Run()
    {
        var caught = 0;
        for (var i = 0; i < Count; i++)
        {
            try
            {
                Throw(i);
            }
            catch (WorkloadException)
            {
                caught++;
            }
        }
        return caught;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Throw(int number) => throw new WorkloadException($"number {number}");
}
