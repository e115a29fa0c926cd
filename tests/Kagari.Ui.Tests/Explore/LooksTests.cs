using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Explore;

/// <summary>How each view looks in both themes, and that everybody can use it.</summary>
public sealed class LooksTests(Browser browser, UiServer server)
{
    [Theory]
    [InlineData("flame", "fn=geo.Haversine")]
    [InlineData("table", "s=json")]
    [InlineData("tree", "")]
    [InlineData("sandwich", "fn=rides.(*Orders).Place")]
    [InlineData("graph", "fn=rides.(*Fleet).nearest")]
    [InlineData("source", "fn=geo.Haversine")]
    [InlineData("labels", "label=region")]
    [InlineData("heatmap", "heat=span")]
    public async Task View_InBothThemes_LooksAsItShould_AndIsAccessible(string view, string more)
    {
        foreach (var theme in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await using var page = await browser.OpenAsync(server, Addresses.Explore(ExploreScreen.Rides, $"view={view}&{more}"), theme);
            await Expect(new ExploreScreen(page).Status).ToContainTextAsync("complete");
            await page.SettleAsync();
            await Axe.CheckAsync(page);
            await GoldenPicture.CheckAsync(page, $"explore-{view}-{theme.ToString().ToLowerInvariant()}");
        }
    }
}
