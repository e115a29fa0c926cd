using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Admin;

/// <summary>Is it healthy: every section opens, says what the server says, and everybody can use it.</summary>
public sealed class AdminTests(Browser browser, UiServer server)
{
    public static TheoryData<string, ColorScheme> Sections()
    {
        var data = new TheoryData<string, ColorScheme>();
        foreach (var section in new[] { "ingest", "tenants", "retention", "delete", "blocks", "compaction", "queries", "rules", "symbols", "tokens", "configuration", "about" })
        {
            data.Add(section, ColorScheme.Dark);
            data.Add(section, ColorScheme.Light);
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(Sections))]
    public async Task Section_IsAccessible(string section, ColorScheme theme)
    {
        await using var page = await browser.OpenAsync(server, $"admin/{section}", theme);
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await page.SettleAsync();
        await Axe.CheckAsync(page);
    }

    [Fact]
    public async Task Tenants_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, "admin/tenants");
        var cells = (await Tables.CellsAsync(Tables.Rows(page, "Tenants"))).Single();
        cells[0].ShouldBe("anonymous");
        cells[1].ShouldBe("3");
        cells[6].ShouldStartWith("2026-01-15 10:00:00");
        cells[7].ShouldStartWith("2026-01-15 11:59:00");
    }

    [Fact]
    public async Task Delete_CountsFirst_AndDeletesAfterConfirmation()
    {
        await using var own = await UiServer.StartAsync(isEmpty: false);
        await using var page = await browser.OpenAsync(own, "admin/delete");
        await Expect(page.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await Axe.CheckAsync(page);
    }
}
