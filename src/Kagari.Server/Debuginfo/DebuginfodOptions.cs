namespace Kagari.Server.Debuginfo;

/// <summary>Where debug information is fetched from that nobody uploaded.</summary>
public sealed record DebuginfodOptions
{
    /// <summary>A debuginfod server, as <c>https://debuginfod.elfutils.org</c>. Default: none.</summary>
    /// <remarks>The peer asks that one by default; but build ids tell a stranger which versions run here, so somebody has to want it.</remarks>
    public string Url { get; init; } = "";

    /// <summary>Files fetched at once. Default 10, as the peer.</summary>
    public int ConcurrencyMax { get; init; } = 10;

    /// <summary>How long a query waits for a file. Default 5 seconds (the peer: 20); the file goes on arriving.</summary>
    public TimeSpan ResolveTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Bytes of one file. Default 512 MiB, as the peer.</summary>
    public long BytesMax { get; init; } = 512L << 20;
}
