using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Compare;

/// <summary>How comparisons look in both themes, and that everybody can use them.</summary>
public sealed class CompareLooksTests(Browser browser, UiServer server)
{
    [Theory]
    [InlineData("diff", ColorScheme.Dark)]
    [InlineData("diff", ColorScheme.Light)]
    [InlineData("sides", ColorScheme.Dark)]
    [InlineData("sides", ColorScheme.Light)]
    [InlineData("changed", ColorScheme.Dark)]
    [InlineData("changed", ColorScheme.Light)]
    [InlineData("labels", ColorScheme.Dark)]
    [InlineData("labels", ColorScheme.Light)]
    public async Task View_OfARelease_LooksAsItShould_AndIsAccessible(string view, ColorScheme theme)
    {
        await using var page = await browser.OpenAsync(server, Addresses.Compare(Addresses.Release, $"view={view}&fn=geo.Haversine"), theme);
        await Expect(page.Page.Locator(".status-line")).ToContainTextAsync("functions");
        await page.SettleAsync();
        await Axe.CheckAsync(page);
        await GoldenPicture.CheckAsync(page, $"compare-{view}-{theme.ToString().ToLowerInvariant()}");
    }
}
