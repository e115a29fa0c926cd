using System.Globalization;
using System.Text;
using Kagari.Testing;

namespace Kagari.Ui.Tests.Harness;

/// <summary>One profile with a hundred thousand calls in its tree, service <c>large</c>: what drawing has to stand.</summary>
internal static class LargeProfile
{
    public const int Frames = 100_000;

    public const string Service = "large";

    public static Task PushAsync(HttpClient http)
    {
        var pprof = Pushes.Pprof(Drawings.Profile(Drawing(), "cpu:nanoseconds"), ShopProfiles.End.AddMinutes(-5), TimeSpan.FromMinutes(1), "cpu:nanoseconds");
        return Pushes.SendAsync(http, [new("process_cpu", Service, pprof)]);
    }

    /// <summary>A tree that grows at chance: every node is a call of its own and has a value.</summary>
    private static string Drawing()
    {
        var random = new Random(15_012_026);
        var paths = new List<string>(Frames) { "main.main" };
        var depths = new List<int>(Frames) { 1 };
        var drawing = new StringBuilder("main.main 1000000");
        while (paths.Count < Frames)
        {
            // Newer nodes get children more often: deep towers beside broad fields, as real programs have.
            var parent = random.Next(4) == 0 ? random.Next(paths.Count) : paths.Count - 1 - random.Next(Math.Min(paths.Count, 60));
            if (depths[parent] > 40) continue;
            var path = string.Create(CultureInfo.InvariantCulture, $"{paths[parent]};pkg{random.Next(24)}.f{paths.Count}");
            paths.Add(path);
            depths.Add(depths[parent] + 1);
            drawing.Append(CultureInfo.InvariantCulture, $" | {path} {(1 + random.Next(100)) * 100_000L}");
        }
        return drawing.ToString();
    }
}
