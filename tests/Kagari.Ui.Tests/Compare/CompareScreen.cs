using System.Text.Json;
using System.Text.RegularExpressions;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Compare;

/// <summary>What stands where on the page that compares.</summary>
internal sealed class CompareScreen(UiPage ui)
{
    /// <summary>Rows of the ranked list, without its head.</summary>
    public ILocator Changed => ui.Page.GetByRole(AriaRole.Grid, new() { Name = "What changed" }).Locator("[role=rowgroup] [role=row]");

    /// <summary>Rows that stand for the flame graph.</summary>
    public ILocator Frames => ui.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Flame graph" }).Locator("[role=row]");

    public ILocator Inspector => ui.Page.GetByRole(AriaRole.Complementary, new() { Name = "Function" });

    public ILocator Status => ui.Page.Locator(".status-line");

    public ILocator Side(string name) => ui.Page.GetByRole(AriaRole.Region, new() { Name = $"Side {name}" });

    public ILocator Tab(string title) => ui.Page.GetByRole(AriaRole.Tab, new() { Name = title, Exact = true });

    /// <summary>Opens a menu of the tool row and takes an entry that begins so.</summary>
    public async Task ChooseAsync(string menu, string entry)
    {
        await ui.Page.GetByRole(AriaRole.Button, new() { Name = menu }).ClickAsync();
        await ui.Page.Locator("[role=menuitem], [role=menuitemradio]").Filter(new() { HasTextRegex = new Regex($"^\\s*{Regex.Escape(entry)}") }).First.ClickAsync();
    }

    /// <summary>A parameter of the page's address.</summary>
    public string? Parameter(string name) => System.Web.HttpUtility.ParseQueryString(new Uri(ui.Page.Url).Query)[name];

    /// <summary>Changes between both sides, as the server tells them.</summary>
    public static Task<JsonElement> AskChangesAsync(UiServer server, (Addresses.Side A, Addresses.Side B) sides, string mode = "rate", string sort = "self", string? search = null) =>
        server.AskAsync("changes", [.. sides.A.Asked("left"), .. sides.B.Asked("right"), ("mode", mode), ("sort", sort), ("limit", "1000"), ("search", search)]);
}
