using System.IO.Compression;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>Profiles of testdata/go, as if they had been captured just now.</summary>
internal static class CapturedProfile
{
    public static async Task<byte[]> AsOfNowAsync(string name)
    {
        await using var file = File.OpenRead(Path.Combine(Repository.Root, "testdata", "go", name + ".pb.gz"));
        await using var gunzip = new GZipStream(file, CompressionMode.Decompress);
        using var plain = new MemoryStream();
        await gunzip.CopyToAsync(plain);
        return PprofSums.At(plain.ToArray(), TimeProvider.System.GetUtcNow());
    }
}
