using Kagari.Ui.Tests.Harness;

namespace Kagari.Ui.Tests.Explore;

/// <summary>Explore over the shop's profiles.</summary>
public sealed class ExploreTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task Service_IsShownAsAFlameGraph()
    {
        var address = $"explore?type={Uri.EscapeDataString(ShopProfiles.Cpu)}&q={Uri.EscapeDataString("{service_name=\"rides\"}")}";
        await using var page = await browser.OpenAsync(server, address);
        await page.Page.GetByText("Haversine").First.WaitForAsync();
        page.Requests.ShouldContain(r => r.Contains("flamegraph", StringComparison.Ordinal) || r.Contains("SelectMergeStacktraces", StringComparison.Ordinal));
        // More than the background is painted.
        var colors = await page.Page.EvaluateAsync<int>(
            """
            () => Math.max(...[...document.querySelectorAll('canvas')].map(canvas => {
              const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
              return new Set(pixels).size;
            }))
            """);
        colors.ShouldBeGreaterThan(8);
        (await page.Page.Locator("body").InnerTextAsync()).ShouldContain("complete");
    }
}
