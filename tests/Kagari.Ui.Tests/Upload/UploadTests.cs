using Kagari.Testing;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Upload;

/// <summary>A file on somebody's disk: dropped or chosen, opened, compared.</summary>
public sealed class UploadTests(Browser browser)
{
    private static readonly FilePayload Folded = new() { Name = "laptop.folded", MimeType = "text/plain", Buffer = "main;work;parse 30\nmain;work;render 10\nmain;idle 60\n"u8.ToArray() };

    [Fact]
    public async Task File_ThatIsChosen_OpensWithItsNumbers()
    {
        await using var server = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(server, "upload");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(Folded);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "laptop.folded" })).ToBeVisibleAsync();
        var rows = Tables.Rows(page, "Functions");
        await Expect(rows).ToHaveCountAsync(5);
        (await Tables.CellsAsync(rows))[..3].ShouldBe([["idle", "60", "60.0%"], ["parse", "30", "30.0%"], ["render", "10", "10.0%"]]);
        await RoundTrip.ElsewhereAsync(browser, server, page);

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "parse" }).ClickAsync();
        await page.Page.WaitForURLAsync(url => url.Contains("fn=parse", StringComparison.Ordinal));
        await page.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" }).FillAsync("work");
        await Expect(rows).ToHaveCountAsync(1);
        (await Tables.CellsAsync(rows)).ShouldBe([["work", "0", "40.0%"]]);
        await RoundTrip.ElsewhereAsync(browser, server, page);
    }

    [Fact]
    public async Task File_ThatIsDropped_OpensToo()
    {
        await using var server = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(server, "upload");
        var dropped = await page.Page.EvaluateHandleAsync("() => { const data = new DataTransfer(); data.items.add(new File(['main;work 7\\n'], 'dropped.folded')); return data; }");
        await page.Page.Locator(".drop-zone").DispatchEventAsync("drop", new { dataTransfer = dropped });
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "dropped.folded" })).ToBeVisibleAsync();
        (await Tables.CellsAsync(Tables.Rows(page, "Functions")))[0].ShouldBe(["work", "7", "100%"]);
    }

    [Fact]
    public async Task File_ThatIsNone_IsRefusedWithTheServersWords()
    {
        await using var server = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(server, "upload");
        page.Expect(" 400 ");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "holiday.jpg", MimeType = "image/jpeg", Buffer = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] });
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("holiday.jpg");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(page.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task TwoFiles_AreCompared()
    {
        await using var server = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(server, "upload");
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(Folded);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "laptop.folded" })).ToBeVisibleAsync();
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "faster.folded", MimeType = "text/plain", Buffer = "main;work;parse 10\nmain;work;render 10\nmain;idle 80\n"u8.ToArray() });
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Name = "faster.folded" })).ToBeVisibleAsync();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Compare the open file with laptop.folded" }).ClickAsync();
        var changed = page.Page.GetByRole(AriaRole.Grid, new() { Name = "What changed" }).Locator("[role=rowgroup] [role=row]");
        await Expect(changed.Filter(new() { HasText = "parse" })).ToContainTextAsync("▲");
        await Expect(changed.Filter(new() { HasText = "idle" })).ToContainTextAsync("▼");
    }

    [Theory]
    [InlineData(ColorScheme.Dark)]
    [InlineData(ColorScheme.Light)]
    public async Task Page_LooksAsItShould_AndIsAccessible(ColorScheme theme)
    {
        await using var server = await UiServer.StartAsync();
        await using var page = await browser.OpenAsync(server, "upload", theme);
        await Axe.CheckAsync(page);
        await page.Page.Locator("input[type=file]").SetInputFilesAsync(Folded);
        await Expect(Tables.Rows(page, "Functions")).ToHaveCountAsync(5);
        await page.SettleAsync();
        await Axe.CheckAsync(page);
        await GoldenPicture.CheckAsync(page, $"upload-{theme.ToString().ToLowerInvariant()}");
    }
}
