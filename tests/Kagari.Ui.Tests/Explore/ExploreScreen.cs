using System.Text.RegularExpressions;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Explore;

/// <summary>What stands where on the page that explores.</summary>
internal sealed class ExploreScreen(UiPage ui)
{
    public const string Unit = "nanoseconds";

    private const int TimeoutMillis = 30_000;

    /// <summary>CPU time of the rides in all of the fixed profiles.</summary>
    public static Addresses.Side Rides { get; } = Addresses.Side.Cpu("rides", ShopProfiles.Start, ShopProfiles.End);

    /// <summary>Rows of the list of functions, without its head.</summary>
    public ILocator Functions => ui.Page.GetByRole(AriaRole.Grid, new() { Name = "Functions" }).Locator("[role=rowgroup] [role=row]");

    public ILocator Graph => ui.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" });

    /// <summary>Rows that stand for the flame graph: the callers of the frame that the keyboard is on, itself, and its callees.</summary>
    public ILocator Frames => Graph.Locator("[role=row]");

    /// <summary>The frame that the keyboard is on.</summary>
    public ILocator Cursor => Graph.Locator("[role=row][aria-selected=true] [role=rowheader]");

    public ILocator Inspector => ui.Page.GetByRole(AriaRole.Complementary, new() { Name = "Inspector" });

    public ILocator Status => ui.Page.Locator(".status-line");

    public ILocator Search => ui.Page.GetByRole(AriaRole.Searchbox, new() { Name = "Search functions" });

    /// <summary>What the search found.</summary>
    public ILocator Found => ui.Page.Locator("#search-found");

    public ILocator Chips => ui.Page.GetByRole(AriaRole.List, new() { Name = "Transforms" }).Locator(".chip-name");

    public ILocator SelectedTab => ui.Page.Locator("[role=tab][aria-selected=true]");

    public ILocator Breadcrumb => ui.Page.GetByRole(AriaRole.Group, new() { Name = "Callers of the zoomed frame" });

    /// <summary>Where ranges are dragged, and its keyboard.</summary>
    public ILocator Timeline => ui.Page.GetByRole(AriaRole.Slider, new() { NameRegex = new Regex("^Timeline: ") });

    public ILocator Tab(string title) => ui.Page.GetByRole(AriaRole.Tab, new() { Name = title, Exact = true });

    public ILocator Button(string name, bool exact = true) => ui.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = exact });

    /// <summary>An entry of the menu that is open, by how it begins.</summary>
    public ILocator Entry(string begin) => ui.Page.Locator("[role=menuitem], [role=menuitemradio]").Filter(new() { HasTextRegex = new Regex($"^\\s*{Regex.Escape(begin)}") }).First;

    /// <summary>Opens a menu of the tool row and takes an entry that begins so.</summary>
    public async Task ChooseAsync(string menu, string entry)
    {
        await Button(menu, exact: false).ClickAsync();
        await Entry(entry).ClickAsync();
    }

    /// <summary>A parameter of the page's address.</summary>
    public string? Parameter(string name) => Parameter(ui.Page.Url, name);

    /// <summary>Waits until a parameter of the address has a value; null: until it is gone.</summary>
    public async Task ShouldHaveAsync(string name, string? value)
    {
        try
        {
            await ui.Page.WaitForURLAsync(url => Parameter(url, name) == value, new() { Timeout = TimeoutMillis });
        }
        catch (TimeoutException)
        {
            Parameter(name).ShouldBe(value, ui.Page.Url);
        }
    }

    private static string? Parameter(string url, string name) => System.Web.HttpUtility.ParseQueryString(new Uri(url).Query)[name];
}
