using System.IO.Compression;
using System.Text.RegularExpressions;
using Kagari.Testing;
using Kagari.Ui.Tests.Harness;

namespace Kagari.Ui.Tests.Assets;

/// <summary>What a browser has to load stays small: scripts as the network carries them.</summary>
public sealed partial class BudgetTests
{
    private const int EntryBytesMax = 180 * 1000, LazyBytesMax = 60 * 1000;

    private static readonly string Built = Path.Combine(Repository.Root, "artifacts", "ui");

    [Fact]
    public void Entry_AllThatThePageNames_IsWithinItsBudget()
    {
        var entry = EntryScripts();
        entry.Count.ShouldBeGreaterThan(0);
        var sizes = entry.Select(f => (File: f, Bytes: PackedBytes(f))).OrderByDescending(f => f.Bytes).ToArray();
        sizes.Sum(s => s.Bytes).ShouldBeLessThanOrEqualTo(EntryBytesMax, string.Join('\n', sizes.Select(s => $"{s.Bytes} {s.File}")));
    }

    [Fact]
    public void LazyScripts_EachOfThem_IsWithinItsBudget()
    {
        var entry = EntryScripts();
        var lazy = Directory.GetFiles(Path.Combine(Built, "assets"), "*.js").Select(f => Path.GetFileName(f)!).Where(f => !entry.Contains(f)).ToArray();
        lazy.Length.ShouldBeGreaterThan(5);
        lazy.Select(f => (File: f, Bytes: PackedBytes(f))).Where(f => f.Bytes > LazyBytesMax).ShouldBeEmpty();
    }

    /// <summary>The first script and those that it cannot begin without.</summary>
    private static HashSet<string> EntryScripts()
    {
        var page = Path.Combine(Built, "index.html");
        if (!File.Exists(page)) Browser.Missing($"{page} is missing: run build/ui.sh");
        return [.. Script().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value)];
    }

    /// <summary>As gzip, its best: what every browser takes.</summary>
    private static int PackedBytes(string file)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) gzip.Write(File.ReadAllBytes(Path.Combine(Built, "assets", file)));
        return (int)packed.Length;
    }

    [GeneratedRegex(@"""\./assets/([^""]+\.js)""")]
    private static partial Regex Script();
}
