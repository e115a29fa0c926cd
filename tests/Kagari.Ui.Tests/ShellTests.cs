using Kagari.Ui.Tests.Harness;

namespace Kagari.Ui.Tests;

/// <summary>The user interface as it is served: it loads anywhere, asks nobody else, and complains about nothing.</summary>
public sealed class ShellTests(Browser browser, UiServer server)
{
    [Theory]
    [InlineData("")]
    [InlineData("explore")]
    [InlineData("compare")]
    [InlineData("functions")]
    [InlineData("labels")]
    [InlineData("upload")]
    [InlineData("admin")]
    public async Task Page_OfEachView_LoadsWithoutComplaint(string path)
    {
        await using var page = await browser.OpenAsync(server, path);
        (await page.Page.TitleAsync()).ShouldContain("Kagari");
        (await page.Page.Locator("#root > *").CountAsync()).ShouldBeGreaterThan(0);
        page.Problems.ShouldBeEmpty();
        page.Requests.ShouldAllBe(r => r.StartsWith(server.Url) || r.StartsWith("data:") || r.StartsWith("blob:"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("explore")]
    [InlineData("functions/main.main")]
    public async Task Page_UnderAPrefix_LoadsAndStaysThere(string path)
    {
        await using var prefixed = await UiServer.StartAsync(isEmpty: true, "-server.path-prefix=/deep/profiles");
        prefixed.Url.ShouldEndWith("/deep/profiles/");
        await using var page = await browser.OpenAsync(prefixed, path);
        (await page.Page.Locator("#root > *").CountAsync()).ShouldBeGreaterThan(0);
        page.Page.Url.ShouldStartWith(prefixed.Url);
        page.Problems.ShouldBeEmpty();
    }

    /// <summary>That the guard of every other test guards.</summary>
    [Fact]
    public async Task Guard_SeesErrorsAndForeignRequests()
    {
        var page = await browser.OpenAsync(server);
        await page.Page.EvaluateAsync("() => { console.error('said'); setTimeout(() => { throw new Error('thrown'); }); fetch('http://127.0.0.2:1/').catch(() => {}); }");
        await page.Page.WaitForFunctionAsync("() => new Promise(r => setTimeout(() => r(true), 50))");
        string.Join('\n', page.Problems).ShouldSatisfyAllConditions(p => p.ShouldContain("said"), p => p.ShouldContain("thrown"), p => p.ShouldContain("Content Security Policy"));
        page.Expect("said|thrown|127\\.0\\.0\\.2|Content Security Policy|ERR_");
        await page.DisposeAsync();
    }
}
