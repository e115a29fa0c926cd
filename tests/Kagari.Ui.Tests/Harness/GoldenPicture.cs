using Kagari.Testing;
using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Compares what a page shows with a picture in <c>Golden/</c>. KAGARI_ACCEPT=1 makes what is shown the picture.</summary>
/// <remarks>
/// Edges of letters and curves may differ by a little with another release of the browser, so single pixels may be off by some, and a few
/// may be off by more. Where that is not enough, <c>artifacts/ui-pictures</c> has what is shown and, in red, what differs.
/// </remarks>
internal static class GoldenPicture
{
    /// <summary>How much of 255 a channel may be off before a pixel counts.</summary>
    private const int ChannelTolerance = 24;

    /// <summary>The part of all pixels that may count.</summary>
    private const double DefaultTolerance = 0.001;

    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Kagari.Ui.Tests", "Golden");

    private static readonly string Failures = Path.Combine(Repository.Root, "artifacts", "ui-pictures");

    /// <summary>Compares the whole window.</summary>
    /// <param name="page">As it stands now.</param>
    /// <param name="name">Of the file, without its ending.</param>
    /// <param name="tolerance">The part of the pixels that may differ.</param>
    /// <param name="folder">Where the picture is, of the repository; without: beside these tests.</param>
    public static async Task CheckAsync(UiPage page, string name, double tolerance = DefaultTolerance, string? folder = null)
    {
        await page.SettleAsync();
        Check(await page.Page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide, Scale = ScreenshotScale.Css }), name, tolerance, folder);
    }

    /// <summary>Compares one element.</summary>
    public static async Task CheckAsync(ILocator element, string name, double tolerance = DefaultTolerance) =>
        Check(await element.ScreenshotAsync(new LocatorScreenshotOptions { Animations = ScreenshotAnimations.Disabled, Caret = ScreenshotCaret.Hide, Scale = ScreenshotScale.Css }), name, tolerance);

    private static void Check(byte[] png, string name, double tolerance, string? folder = null)
    {
        var file = Path.Combine(folder is null ? Folder : Path.Combine(Repository.Root, folder), name + ".png");
        var isAccepted = Environment.GetEnvironmentVariable("KAGARI_ACCEPT") == "1";
        if (Find(png, file, tolerance, out var difference) is not { } problem) return;
        if (isAccepted)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, png);
            return;
        }
        Directory.CreateDirectory(Failures);
        var actual = Path.Combine(Failures, name + ".png");
        File.WriteAllBytes(actual, png);
        if (difference is not null) File.WriteAllBytes(Path.Combine(Failures, name + ".difference.png"), difference.Encode());
        Assert.Fail($"{name}: {problem}. What is shown: {actual}. Where that is right, run the test with KAGARI_ACCEPT=1.");
    }

    /// <summary>What is wrong with a picture; null where it is close enough.</summary>
    internal static string? Find(byte[] png, string file, double tolerance, out Picture? difference)
    {
        difference = null;
        if (!File.Exists(file)) return $"there is no {file} yet";
        var (actual, expected) = (Picture.Decode(png), Picture.Decode(File.ReadAllBytes(file)));
        if ((actual.Width, actual.Height) != (expected.Width, expected.Height)) return $"{actual.Width}x{actual.Height} pixels instead of {expected.Width}x{expected.Height}";
        var marked = new byte[actual.Pixels.Length];
        var count = 0L;
        for (var at = 0; at < marked.Length; at += 4)
        {
            var isOff = false;
            for (var channel = at; channel < at + 4; channel++) isOff |= Math.Abs(actual.Pixels[channel] - expected.Pixels[channel]) > ChannelTolerance;
            if (isOff) count++;
            // What is the same stays visible, pale, so that one sees where the red is.
            for (var channel = at; channel < at + 3; channel++) marked[channel] = isOff ? (byte)0 : (byte)(170 + (expected.Pixels[channel] / 3));
            if (isOff) marked[at] = 255;
            marked[at + 3] = 255;
        }
        var part = (double)count / (marked.Length / 4);
        if (part <= tolerance) return null;
        difference = new Picture(actual.Width, actual.Height, marked);
        return $"{count} pixels differ ({part:P2}, allowed {tolerance:P2})";
    }
}
