using System.IO.Compression;

namespace Kagari.Server.Ui;

/// <summary>A file of the user interface: compressed once, when it was built, or as it is where that does not pay.</summary>
internal sealed class UiFile
{
    private readonly byte[] _stored;
    private readonly bool _isBrotli;
    private readonly Lazy<byte[]> _gzip;

    public UiFile(string path, byte[] stored, bool isBrotli)
    {
        _stored = stored;
        _isBrotli = isBrotli;
        _gzip = new Lazy<byte[]>(Compress);
        ContentType = TypeOf(System.IO.Path.GetExtension(path));
    }

    /// <summary>Media type, by the ending of the name.</summary>
    public string ContentType { get; }

    /// <summary>The bytes as brotli; null where the file is stored as it is.</summary>
    public byte[]? Brotli => _isBrotli ? _stored : null;

    /// <summary>The bytes themselves: made anew at each call, since nearly every client takes brotli.</summary>
    public byte[] Plain()
    {
        if (!_isBrotli) return _stored;
        using var source = new BrotliStream(new MemoryStream(_stored), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        source.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>The bytes as gzip: browsers take no brotli without TLS but from their own machine. Made once, as small as it gets.</summary>
    public byte[] Gzip() => _gzip.Value;

    private byte[] Compress()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.SmallestSize)) gzip.Write(Plain());
        return bytes.ToArray();
    }

    private static string TypeOf(string ending) => ending.ToLowerInvariant() switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" or ".mjs" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".json" or ".map" => "application/json",
        ".webmanifest" => "application/manifest+json",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        ".webp" => "image/webp",
        ".ico" => "image/x-icon",
        ".woff2" => "font/woff2",
        ".wasm" => "application/wasm",
        ".txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
