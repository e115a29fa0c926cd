using System.Runtime.CompilerServices;

namespace Kagari.Workload;

/// <summary>Allocates a known number of bytes.</summary>
internal static class Allocations
{
    private const int Count = 20_000, Size = 4_000;

    private static byte[]? s_last;

    /// <summary>The bytes that it allocated, as the runtime counts them.</summary>
    public static long Run()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        new Box<int>().Fill();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class Box<T>
    {
        [MethodImpl(MethodImplOptions.NoInlining)]
        public void Fill()
        {
            foreach (var array in Arrays()) s_last = array;
            GC.KeepAlive(this);
        }

        private static IEnumerable<byte[]> Arrays()
        {
            for (var i = 0; i < Count; i++) yield return new byte[Size];
        }
    }
}
