using Kagari.Ui.Tests.Harness;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Guide;

/// <summary>The pictures of docs/guide/ui.md show what there is. KAGARI_ACCEPT=1 renews them.</summary>
public sealed class GuidePicturesTests(Browser browser, UiServer server)
{
    private const string Folder = "docs/guide/ui";

    /// <summary>Pictures of a guide need not be renewed for a moved line.</summary>
    private const double Tolerance = 0.02;

    [Fact]
    public async Task Explore_AsTheGuideShowsIt()
    {
        var rides = Addresses.Side.Cpu("rides", ShopProfiles.Start, ShopProfiles.End);
        await using var page = await browser.OpenAsync(server, Addresses.Explore(rides, "fn=geo.Haversine&by=region"));
        await Expect(page.Page.GetByRole(Microsoft.Playwright.AriaRole.Treegrid, new() { Name = "Flame graph" })).ToBeVisibleAsync();
        await RoundTrip.SeenAsync(page);
        await GoldenPicture.CheckAsync(page, "explore-flame", Tolerance, Folder);
    }

    [Fact]
    public async Task Compare_AsTheGuideShowsIt()
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, "fn=geo.Haversine"));
        await Expect(page.Page.GetByRole(Microsoft.Playwright.AriaRole.Treegrid, new() { Name = "Flame graph" })).ToBeVisibleAsync();
        await RoundTrip.SeenAsync(page);
        await GoldenPicture.CheckAsync(page, "compare-diff", Tolerance, Folder);
    }

    [Fact]
    public async Task Overview_AsTheGuideShowsIt()
    {
        await using var page = await browser.OpenAsync(server, "?from=now-40m&vs=before");
        await Expect(Tables.Rows(page, "Top movers").First).ToContainTextAsync("geo.Haversine");
        await Expect(Tables.Rows(page, "Services")).ToHaveCountAsync(3);
        await RoundTrip.SeenAsync(page);
        await GoldenPicture.CheckAsync(page, "overview", Tolerance, Folder);
    }
}
