using System.Reflection;

namespace Kagari.Server.Ui;

/// <summary>The files of the user interface by their path, as <c>assets/index-Ab12.js</c>.</summary>
/// <remarks>
/// <c>./build.sh</c> builds ui/, compresses what it becomes (build/ui-pack.mjs) and leaves it in artifacts/ui-packed, from where
/// Kagari.Server.csproj takes it as resources named <c>ui/PATH</c>, or <c>ui/PATH.br</c> where brotli made it smaller. A server
/// that was built without it has none, and says so at <c>/status</c>.
/// </remarks>
internal sealed class UiBundle(IReadOnlyDictionary<string, UiFile> files)
{
    private const string Root = "ui/", Brotli = ".br", Index = "index.html";

    /// <summary>What is in this assembly.</summary>
    public static UiBundle Embedded { get; } = Read(typeof(UiBundle).Assembly);

    /// <summary>The page that all views begin with; null where no user interface was built in.</summary>
    public UiFile? Shell => Find(Index);

    /// <summary>A file; null where there is none of that path.</summary>
    public UiFile? Find(string path) => files.GetValueOrDefault(path);

    private static UiBundle Read(Assembly assembly)
    {
        var files = new Dictionary<string, UiFile>(StringComparer.Ordinal);
        foreach (var resource in assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(Root, StringComparison.Ordinal)) continue;
            using var stream = assembly.GetManifestResourceStream(resource)!;
            var stored = new byte[stream.Length];
            stream.ReadExactly(stored);
            var path = resource[Root.Length..];
            var isBrotli = path.EndsWith(Brotli, StringComparison.Ordinal);
            if (isBrotli) path = path[..^Brotli.Length];
            files[path] = new UiFile(path, stored, isBrotli);
        }
        return new UiBundle(files);
    }
}
