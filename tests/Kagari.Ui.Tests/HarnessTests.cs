using Kagari.Testing;
using Kagari.Ui.Tests.Harness;

namespace Kagari.Ui.Tests;

/// <summary>That the tools of these tests see what they are for.</summary>
public sealed class HarnessTests(Browser browser, UiServer server)
{
    [Fact]
    public async Task Profiles_OfTheShop_AreTheSameInEveryRun()
    {
        var range = $"from={ShopProfiles.Start.ToUnixTimeSeconds()}&until={ShopProfiles.End.ToUnixTimeSeconds()}";
        var query = Uri.EscapeDataString(ShopProfiles.Cpu + "{service_name=\"rides\"}");
        var answer = await server.Http.GetStringAsync($"api/v1/functions?query={query}&{range}&limit=2", TestContext.Current.CancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        json.RootElement.GetProperty("functions").EnumerateArray().Select(f => f.GetProperty("name").GetString()).ShouldBe(["geo.Haversine", "rides.(*Fleet).nearest"]);
        json.RootElement.GetProperty("total").GetInt64().ShouldBe(ShopProfiles.RidesTotal);
        var changes = await server.Http.GetStringAsync(
            $"api/v1/changes?query={query}&leftFrom={ShopProfiles.Start.ToUnixTimeSeconds()}&leftUntil={ShopProfiles.Release.ToUnixTimeSeconds() - 1}&rightFrom={ShopProfiles.Release.ToUnixTimeSeconds()}&rightUntil={ShopProfiles.End.ToUnixTimeSeconds()}&limit=1",
            TestContext.Current.CancellationToken);
        changes.ShouldContain("\"name\":\"geo.Haversine\"");
    }

    [Fact]
    public async Task LargeAndRealProfiles_AreTaken()
    {
        await using var own = await UiServer.StartAsync();
        await own.AddLargeProfileAsync();
        var query = Uri.EscapeDataString($"{ShopProfiles.Cpu}{{service_name=\"{LargeProfile.Service}\"}}");
        var answer = await own.Http.GetStringAsync($"api/v1/flamegraph?query={query}&from={ShopProfiles.Start.ToUnixTimeSeconds()}&until={ShopProfiles.End.ToUnixTimeSeconds()}&maxNodes=1000000", TestContext.Current.CancellationToken);
        using var json = System.Text.Json.JsonDocument.Parse(answer);
        json.RootElement.GetProperty("tree").GetProperty("depth").GetArrayLength().ShouldBe(LargeProfile.Frames + 1);
        if (!await own.AddRealProfilesAsync()) Browser.Missing("needs the shared data (KAGARI_TEST_DATA)");
        var services = await own.Http.GetStringAsync("pyroscope/label-values?label=service_name", TestContext.Current.CancellationToken);
        services.Split("real-").Length.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task Axe_SeesAnImageWithoutText()
    {
        await using var page = await browser.OpenAsync(server);
        await page.Page.EvaluateAsync("() => { document.body.innerHTML = '<main><h1>x</h1><img id=\"bare\" src=\"data:image/gif;base64,R0lGODlhAQABAAAAACw=\"></main>'; }");
        var failure = await Should.ThrowAsync<Exception>(() => Axe.CheckAsync(page));
        failure.Message.ShouldContain("image-alt (critical)");
        failure.Message.ShouldContain("#bare");
        await Axe.CheckAsync(page, except: "image-alt");
    }

    [Fact]
    public async Task Picture_OfABrowser_IsReadAndWritten_AndSeesAChange()
    {
        await using var page = await browser.OpenAsync(server);
        await page.Page.EvaluateAsync("() => { document.body.innerHTML = '<div id=\"box\" style=\"width:200px;height:100px;background:linear-gradient(red,blue)\"></div>'; }");
        var box = page.Page.Locator("#box");
        var png = await box.ScreenshotAsync();
        var picture = Picture.Decode(png);
        (picture.Width, picture.Height).ShouldBe((200, 100));
        (picture.Pixels[0] > 240, picture.Pixels[2] < 15, picture.Pixels[^4] < 15, picture.Pixels[^2] > 240).ShouldBe((true, true, true, true));
        Picture.Decode(picture.Encode()).Pixels.ShouldBe(picture.Pixels);

        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "box.png");
        GoldenPicture.Find(png, file, 0.001, out _)!.ShouldStartWith("there is no");
        await File.WriteAllBytesAsync(file, picture.Encode(), TestContext.Current.CancellationToken);
        GoldenPicture.Find(png, file, 0, out _).ShouldBeNull();
        await page.Page.EvaluateAsync("() => { document.querySelector('#box').innerHTML = '<p style=\"width:20px;height:10px;margin:0;background:#fff\"></p>'; }");
        GoldenPicture.Find(await box.ScreenshotAsync(), file, 0.001, out var difference).ShouldBe("200 pixels differ (1.00 %, allowed 0.10 %)");
        difference!.Pixels[..4].ShouldBe([255, 0, 0, 255]);
        GoldenPicture.Find(await box.ScreenshotAsync(), file, 0.02, out _).ShouldBeNull();
    }

    [Fact]
    public async Task Browser_HasTheSameClockEverywhere()
    {
        await using var page = await browser.OpenAsync(server);
        (await page.Page.EvaluateAsync<string>("() => `${new Date().toISOString()} ${new Date().getTimezoneOffset()} ${navigator.language} ${innerWidth}x${innerHeight} ${devicePixelRatio} ${matchMedia('(prefers-reduced-motion)').matches}`"))
            .ShouldBe("2026-01-15T12:00:00.000Z 0 en-GB 1600x1000 1 true");
    }
}
