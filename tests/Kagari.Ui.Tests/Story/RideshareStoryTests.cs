using System.Diagnostics;
using Kagari.Ui.Tests.Compare;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Story;

/// <summary>The field's story on live data, in the user interface: which vehicle costs most, which region differs, by what, and telling others.</summary>
public sealed class RideshareStoryTests(Browser browser)
{
    private const string Service = "ride-share-go", OwnCode = "main.", Culprit = "main.mutexLock";

    /// <summary>Profiles of the last seconds may still be on their way: what is looked at must not change while it is.</summary>
    private const string Window = "from=now-1h&until=now-30s";

    [Fact]
    public async Task Story_OfTheRegionThatLocks_IsToldInTheBrowser()
    {
        await using var demo = await RideshareDemo.StartAsync();
        var now = await demo.ShownAtAsync(time => MissingAsync(demo.Server, time));

        // Which vehicle costs most? The Labels view ranks them.
        await using var page = await browser.OpenAsync(demo.Server, $"explore?{Window}", now: now);
        await page.Page.GetByRole(AriaRole.Form, new() { Name = "Query" }).GetByRole(AriaRole.Button).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Option, new() { Name = Service }).ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains(Service, StringComparison.Ordinal));
        await page.Page.GetByRole(AriaRole.Tab, new() { Name = "Labels" }).ClickAsync();
        await ChooseLabelAsync(page, "vehicle");
        var vehicles = page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare " });
        await Expect(vehicles.First).ToHaveAccessibleNameAsync("Compare car");
        (await vehicles.EvaluateAllAsync<string[]>("boxes => boxes.map(b => b.getAttribute('aria-label')).filter(n => /car|scooter|bike/.test(n))")).ShouldBe(["Compare car", "Compare scooter", "Compare bike"]);

        // Which region differs? Two of them are ticked and compared.
        await ChooseLabelAsync(page, "region");
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare ap-south" }).CheckAsync();
        await page.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Compare eu-north" }).CheckAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Compare A and B" }).ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("/compare", StringComparison.Ordinal));
        var screen = new CompareScreen(page);
        screen.Parameter("a.q")!.ShouldContain("region=\"ap-south\"");
        screen.Parameter("b.q")!.ShouldContain("region=\"eu-north\"");

        // By what? Of the program's own code, what changed most is there only.
        await screen.Tab("Changed").ClickAsync();
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" }).FillAsync(OwnCode);
        await page.Page.WaitForURLAsync(url => url.Contains($"s={OwnCode}", StringComparison.Ordinal));
        await Expect(screen.Changed.First).ToContainTextAsync(Culprit);
        var changed = await Tables.CellsAsync(screen.Changed);
        changed[0][0].ShouldBe(Culprit);
        changed[0][1].ShouldBeOneOf("0%", "0 ns", "0 s");
        changed[0][^1].ShouldStartWith("▲");

        await ShareAsync(page, demo.Server, now, changed);
        await ExportAsync(page, demo.Server, now);
    }

    /// <summary>Link and snapshot show others, later, the same.</summary>
    private async Task ShareAsync(UiPage page, UiServer server, DateTimeOffset now, string[][] changed)
    {
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Share", Exact = true }).ClickAsync();
        var link = page.Page.GetByRole(AriaRole.Textbox, new() { Name = "Link" });
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(link).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/compare\\?"));
        var @fixed = await link.InputValueAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Take a snapshot" }).ClickAsync();
        await Expect(link).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/s/"));
        foreach (var address in new[] { @fixed, await link.InputValueAsync() })
        {
            address.ShouldStartWith(server.Url);
            await using var other = await browser.OpenAsync(server, address[server.Url.Length..], now: now.AddHours(3));
            await Expect(new CompareScreen(other).Changed).ToHaveCountAsync(changed.Length);
            (await Tables.CellsAsync(new CompareScreen(other).Changed)).ShouldBe(changed, address);
        }
    }

    /// <summary>The field's tool opens what is exported.</summary>
    private async Task ExportAsync(UiPage page, UiServer server, DateTimeOffset now)
    {
        await using var explore = await browser.OpenAsync(
            server, $"explore?{Window}&type={ShopProfiles.Cpu}&q={Uri.EscapeDataString($$"""{service_name="{{Service}}",region="eu-north"}""")}", now: now);
        await explore.Page.GetByRole(AriaRole.Button, new() { Name = "Export", Exact = true }).ClickAsync();
        var download = await explore.Page.RunAndWaitForDownloadAsync(() => explore.Page.GetByRole(AriaRole.Menuitem, new() { Name = "pprof" }).ClickAsync());
        download.SuggestedFilename.ShouldBe($"{Service}-cpu.pb.gz");
        using var directory = new Kagari.Testing.TemporaryDirectory();
        var file = Path.Combine(directory.Path, download.SuggestedFilename);
        await download.SaveAsAsync(file);
        using var pprof = Process.Start(new ProcessStartInfo("go", ["tool", "pprof", "-top", file]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = pprof.StandardError.ReadToEndAsync();
        var top = await pprof.StandardOutput.ReadToEndAsync();
        await pprof.WaitForExitAsync();
        pprof.ExitCode.ShouldBe(0, await errors);
        top.ShouldContain(Culprit);
    }

    private static async Task ChooseLabelAsync(UiPage page, string label)
    {
        await page.Page.GetByLabel("Labels", new() { Exact = true }).GetByRole(AriaRole.Button, new() { Name = "Label " }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Combobox, new() { Name = "Label", Exact = true }).FillAsync(label);
        await page.Page.Keyboard.PressAsync("Enter");
        await Expect(page.Page.GetByText($"Label {label}").First).ToBeVisibleAsync();
        await page.Page.WaitForURLAsync(url => url.Contains($"label={label}", StringComparison.Ordinal));
    }

    /// <summary>What the demo's data of the window do not show yet; empty where the story can be told.</summary>
    private static async Task<string> MissingAsync(UiServer server, DateTimeOffset now)
    {
        var side = Addresses.Side.Cpu(Service, now.AddHours(-1), now.AddSeconds(-30));
        var totals = (await server.AskAsync("breakdown", [.. side.Asked(""), ("label", "vehicle")])).All("labels").SelectMany(l => l.All("values")).ToDictionary(v => v.Text("value"), v => v.Number("total"));
        double car = totals.GetValueOrDefault("car"), scooter = totals.GetValueOrDefault("scooter"), bike = totals.GetValueOrDefault("bike");
        if (!(car > scooter && scooter > bike && bike > 0)) return $"car {car}, scooter {scooter}, bike {bike}";
        Addresses.Side Region(string name) => Addresses.Side.Cpu(Service, side.From, side.Until, $",region=\"{name}\"");
        var changes = await server.AskAsync("changes", [.. Region("ap-south").Asked("left"), .. Region("eu-north").Asked("right"), ("search", OwnCode), ("limit", "5")]);
        var first = changes.All("functions").FirstOrDefault();
        return first.ValueKind != System.Text.Json.JsonValueKind.Undefined && first.Text("name") == Culprit && first.Number("left.self") == 0 ? "" : $"first in eu-north is {first}";
    }
}
