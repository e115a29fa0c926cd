using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Kagari.Testing;
using Kagari.Ui.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>What Explore saves as files is well formed and has all of the selection.</summary>
public sealed class ExportTests(Browser browser, UiServer server)
{
    private const string Go = "/usr/bin/go";

    [Fact]
    public async Task Files_OfEachFormat_AreWellFormed_AndComplete()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides));
        var screen = new ExploreScreen(page);
        await Expect(screen.Status).ToContainTextAsync("complete");
        async Task<byte[]> SaveAsync(string format, string name)
        {
            await screen.Button("Export").ClickAsync();
            var download = await page.Page.RunAndWaitForDownloadAsync(() => screen.Entry(format).ClickAsync());
            download.SuggestedFilename.ShouldBe(name);
            return await File.ReadAllBytesAsync(await download.PathAsync());
        }

        var png = Picture.Decode(await SaveAsync("PNG", "rides-cpu.png"));
        (png.Width, png.Height > 200).ShouldBe((3200, true));
        var svg = XDocument.Parse(Encoding.UTF8.GetString(await SaveAsync("SVG", "rides-cpu.svg")));
        svg.Root!.Name.LocalName.ShouldBe("svg");
        svg.ToString().ShouldContain("geo.Haversine");
        var html = Encoding.UTF8.GetString(await SaveAsync("Web page", "rides-cpu.html"));
        html.ShouldStartWith("<!doctype html>", Case.Insensitive);
        html.ShouldContain("</html>"); // names are in base64, so that none can end the script

        var collapsed = Encoding.UTF8.GetString(await SaveAsync("Collapsed stacks", "rides-cpu.txt"));
        collapsed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Sum(l => long.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)).ShouldBe(ShopProfiles.RidesTotal);
        using var flamebearer = JsonDocument.Parse(await SaveAsync("JSON", "rides-cpu.json"));
        flamebearer.RootElement.GetProperty("flamebearer").GetProperty("numTicks").GetInt64().ShouldBe(ShopProfiles.RidesTotal);
        using var speedscope = JsonDocument.Parse(await SaveAsync("speedscope", "rides-cpu.speedscope.json"));
        speedscope.RootElement.Text("$schema").ShouldBe("https://www.speedscope.app/file-format-schema.json");
        speedscope.RootElement.All("profiles")[0].All("weights").Sum(w => w.GetDouble()).ShouldBe(ShopProfiles.RidesTotal);

        var pprof = await SaveAsync("pprof", "rides-cpu.pb.gz");
        var (query, side) = (Uri.EscapeDataString(ExploreScreen.Rides.Type + ExploreScreen.Rides.Selector), ExploreScreen.Rides);
        var direct = await server.Http.GetByteArrayAsync(new Uri($"pprof?query={query}&from={Addresses.Millis(side.From)}&until={Addresses.Millis(side.Until)}", UriKind.Relative), TestContext.Current.CancellationToken);
        Unzip(pprof).ShouldBe(Unzip(direct));
        if (File.Exists(Go)) (await SumByGoAsync(pprof)).ShouldBe(ShopProfiles.RidesTotal);
    }

    private static byte[] Unzip(byte[] bytes)
    {
        if (bytes is not [0x1f, 0x8b, ..]) return bytes;
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>The sum of all samples as <c>go tool pprof -raw</c> reads them.</summary>
    private static async Task<long> SumByGoAsync(byte[] pprof)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "rides.pb.gz");
        await File.WriteAllBytesAsync(file, pprof);
        using var process = Process.Start(new ProcessStartInfo(Go, ["tool", "pprof", "-raw", file]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["HOME"] = directory.Path } })!;
        var errors = process.StandardError.ReadToEndAsync();
        var raw = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return Regex.Matches(raw, @"^\s+(?<value>\d+): [\d ]+$", RegexOptions.Multiline, TimeSpan.FromSeconds(5)).Sum(m => long.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));
    }
}
