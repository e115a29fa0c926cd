using System.Text.Json;
using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Harness;

/// <summary>What tables of pages say.</summary>
internal static class Tables
{
    /// <summary>Texts of the cells of rows, as shown.</summary>
    public static async Task<string[][]> CellsAsync(ILocator rows)
    {
        await rows.First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        var texts = await rows.EvaluateAllAsync<string>(
            """
            rows => JSON.stringify(rows.map(row =>
              [...row.querySelectorAll('[role=cell],[role=gridcell],[role=rowheader],th,td')].map(cell => cell.textContent.replace(/\s+/g, ' ').trim())))
            """);
        return JsonSerializer.Deserialize<string[][]>(texts)!;
    }

    /// <summary>Rows of a table without its head.</summary>
    public static ILocator Rows(UiPage page, string table) => page.Page.GetByRole(AriaRole.Table, new() { Name = table, Exact = true }).Locator(".data-table-body > [role=row]");

    /// <summary>The answer of the server to what the page asked last of an endpoint, as JSON.</summary>
    public static async Task<(JsonElement Answer, System.Collections.Specialized.NameValueCollection Asked)> LastAnswerAsync(UiServer server, UiPage page, string endpoint)
    {
        var address = page.Requests.Last(r => r.Contains($"api/v1/{endpoint}?", StringComparison.Ordinal));
        using var json = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri(address)));
        return (json.RootElement.Clone(), System.Web.HttpUtility.ParseQueryString(new Uri(address).Query));
    }
}
