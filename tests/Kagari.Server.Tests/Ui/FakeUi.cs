using System.IO.Compression;
using System.Text;
using Kagari.Server.Ui;

namespace Kagari.Server.Tests.Ui;

/// <summary>A user interface of four files, so that tests do not depend on whether the real one is built in.</summary>
internal static class FakeUi
{
    public const string Script = "console.log('ready: the interface of this test');\n";

    public static UiBundle Bundle { get; } = new(new Dictionary<string, UiFile>(StringComparer.Ordinal)
    {
        ["index.html"] = Packed("index.html", "<!doctype html><html><head lang=\"en\"><base href=\"/\" /><script src=\"./assets/app-1.js\"></script></head><body></body></html>"),
        ["assets/app-1.js"] = Packed("assets/app-1.js", Script),
        ["assets/style-2.css"] = Packed("assets/style-2.css", "a{}"),
        ["assets/sans-3.woff2"] = new UiFile("assets/sans-3.woff2", [1, 2, 3], isBrotli: false),
    });

    public static UiFile Packed(string path, string text)
    {
        using var bytes = new MemoryStream();
        using (var brotli = new BrotliStream(bytes, CompressionLevel.SmallestSize)) brotli.Write(Encoding.UTF8.GetBytes(text));
        return new UiFile(path, bytes.ToArray(), isBrotli: true);
    }
}
