using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Harness;

/// <summary>The Chromium of the system, started once; each page has a profile of its own, so no test sees what another stored.</summary>
public sealed class Browser : IAsyncLifetime
{
    /// <summary>What a picture needs to be the same everywhere: size, density, time zone, language, no motion.</summary>
    public const int Width = 1600, Height = 1000;

    private const int TimeoutMillis = 180_000;

    private const int ExpectMillis = 30_000;

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
        "--font-render-hinting=none", "--force-color-profile=srgb", "--disable-lcd-text",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where Debian has it; KAGARI_CHROMIUM names another.</summary>
    public static string Executable { get; } = Environment.GetEnvironmentVariable("KAGARI_CHROMIUM") ?? "/usr/bin/chromium";

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        Environment.SetEnvironmentVariable("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        _playwright = await Playwright.CreateAsync();
        // How busy the machine is decides nothing here either.
        Assertions.SetDefaultExpectTimeout(ExpectMillis);
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable, Args = Flags, ChromiumSandbox = false });
    }

    /// <summary>Opens a page of the server's user interface at the time that the fixed profiles end.</summary>
    /// <param name="server">The server; every other host is a failure.</param>
    /// <param name="path">Address behind the server's root, as <c>explore?q=…</c>.</param>
    /// <param name="theme">What the system says it prefers.</param>
    /// <param name="now">What the browser believes that it is; without: when the fixed profiles end.</param>
    internal async Task<UiPage> OpenAsync(UiServer server, string path = "", ColorScheme theme = ColorScheme.Dark, DateTimeOffset? now = null)
    {
        var page = await NewPageAsync(server, theme, now);
        await page.GoAsync(path);
        return page;
    }

    /// <summary>An empty page; <see cref="UiPage.GoAsync"/> fills it.</summary>
    internal async Task<UiPage> NewPageAsync(UiServer server, ColorScheme theme = ColorScheme.Dark, DateTimeOffset? now = null)
    {
        if (_browser is null) Missing($"{Executable} is missing: install the Debian package chromium, or let KAGARI_CHROMIUM name a Chromium");
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = Width, Height = Height },
            DeviceScaleFactor = 1,
            TimezoneId = "UTC",
            Locale = "en-GB",
            ReducedMotion = ReducedMotion.Reduce,
            ColorScheme = theme,
        });
        // How busy the machine is decides nothing: what comes late is waited for.
        context.SetDefaultTimeout(TimeoutMillis);
        context.SetDefaultNavigationTimeout(TimeoutMillis);
        await context.Clock.SetFixedTimeAsync((now ?? ShopProfiles.End).UtcDateTime);
        return new UiPage(await context.NewPageAsync(), server);
    }

    /// <summary>Skips a test, or fails it where everything has to be there.</summary>
    internal static void Missing(string reason)
    {
        if (Environment.GetEnvironmentVariable("CI") == "true") throw new InvalidOperationException(reason);
        Assert.Skip(reason);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
