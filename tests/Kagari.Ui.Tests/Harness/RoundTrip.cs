using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Harness;

/// <summary>That the address is the state: whoever opens it sees the same, and back and forward undo and redo.</summary>
internal static class RoundTrip
{
    /// <summary>What a page says, with the states of its controls, as a screen reader meets it.</summary>
    public static async Task<string> SeenAsync(UiPage page)
    {
        await page.SettleAsync();
        // What was asked for within the page is not waited for by the browser.
        await Assertions.Expect(page.Page.Locator("main [aria-busy=true], main [aria-label=Loading]")).ToHaveCountAsync(0);
        await page.SettleAsync();
        return await page.Page.Locator("main").AriaSnapshotAsync();
    }

    /// <summary>Opens the page's address where nothing was before; all that is seen has to be the same.</summary>
    public static async Task ElsewhereAsync(Browser browser, UiServer server, UiPage page)
    {
        var seen = await SeenAsync(page);
        await using var other = await browser.OpenAsync(server, Behind(server, page));
        await ShouldBeSeenAsync(other, seen, page.Page.Url);
    }

    /// <summary>Goes all the way back through these states of a page, and forward again.</summary>
    /// <param name="page">At the last of the states.</param>
    /// <param name="states">What was seen, oldest first.</param>
    public static async Task BackAndForwardAsync(UiPage page, IReadOnlyList<string> states)
    {
        for (var at = states.Count - 2; at >= 0; at--)
        {
            await page.Page.GoBackAsync();
            await ShouldBeSeenAsync(page, states[at], $"back to state {at}");
        }
        for (var at = 1; at < states.Count; at++)
        {
            await page.Page.GoForwardAsync();
            await ShouldBeSeenAsync(page, states[at], $"forward to state {at}");
        }
    }

    private static async Task ShouldBeSeenAsync(UiPage page, string seen, string where)
    {
        // What is drawn in two steps settles by itself; what stays different is told as it is.
        for (var attempt = 0; attempt < 20 && await SeenAsync(page) != seen; attempt++) await page.Page.EvaluateAsync("() => new Promise(r => requestIdleCallback(r, { timeout: 100 }))");
        (await SeenAsync(page)).ShouldBe(seen, where);
    }

    private static string Behind(UiServer server, UiPage page) => page.Page.Url[server.Url.Length..];
}
