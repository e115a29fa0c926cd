using System.Security.Cryptography;

namespace Kagari.Profiles;

/// <summary>Hashes of numbers that clients choose.</summary>
internal static class SecretHash
{
    /// <summary>Differs from process to process, so that nobody can send ids that all meet in one slot.</summary>
    private static readonly ulong s_seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    public static ulong Of(long a, long b) => XxHash64.Mix(XxHash64.Mix((ulong)a, s_seed), (ulong)b ^ s_seed);

    public static ulong Of<T>(ReadOnlySpan<T> items)
        where T : unmanaged => XxHash64.Of(items, s_seed);
}
