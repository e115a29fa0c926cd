using System.IO.Compression;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>The trace of testdata/dotnet; its README says where it comes from.</summary>
internal static class GoldenTrace
{
    public const string Name = "workload.nettrace.gz";

    private static readonly Lazy<byte[]> s_bytes = new(Read);

    public static string Path { get; } = System.IO.Path.Combine(Repository.Root, "testdata", "dotnet", Name);

    public static byte[] Bytes => s_bytes.Value;

    private static byte[] Read()
    {
        using var gzip = new GZipStream(File.OpenRead(Path), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return bytes.ToArray();
    }
}
