namespace Kagari.Server.Rpc;

/// <summary>Limits of one endpoint.</summary>
internal sealed record RpcOptions
{
    /// <summary>Used where an endpoint names none.</summary>
    public static RpcOptions Default { get; } = new();

    /// <summary>Most bytes of a request, as received and, checked apart, decompressed. Default: 16 MiB, ample for queries.</summary>
    public long BodyBytesMax { get; init; } = 16 << 20;

    /// <summary>The setting that changes <see cref="BodyBytesMax"/>, named in the error.</summary>
    public string BodyLimitSetting { get; init; } = "server.rpc_body_bytes_max";

    /// <summary>Smaller responses are not compressed. Default: 512 bytes, below which gzip saves no packet.</summary>
    public int CompressBytesMin { get; init; } = 512;
}
