using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Runs axe-core, the checker of accessibility rules, in a page.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(Repository.Root, "ui", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Fails with rule, selector and HTML of everything that breaks WCAG 2.2 A or AA, or a best practice.</summary>
    /// <param name="page">As it stands now.</param>
    /// <param name="within">Selector of the part to look at; null: all.</param>
    /// <param name="except">Rules that do not hold here; say at the call why.</param>
    public static async Task CheckAsync(UiPage page, string? within = null, params string[] except)
    {
        if (!File.Exists(Script)) Browser.Missing($"{Script} is missing: run build/ui.sh");
        // By the debugger's door, as the policy of the page lets no foreign script in.
        await page.Page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var found = await page.Page.EvaluateAsync<string>(
            """
            async ([within, except]) => JSON.stringify((await axe.run(within ?? document, {
              runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
              resultTypes: ['violations'],
              rules: Object.fromEntries(except.map(rule => [rule, { enabled: false }])),
            })).violations.flatMap(v => v.nodes.map(n => `${v.id} (${v.impact}): ${v.help}\n  ${n.target.join(' ')}\n  ${n.html}\n  ${(n.failureSummary ?? '').replace(/\n/g, ' ')}`)))
            """,
            new object?[] { within, except });
        var violations = JsonSerializer.Deserialize<string[]>(found)!;
        if (violations.Length > 0) Assert.Fail($"{violations.Length} violations at {page.Page.Url}\n\n{string.Join("\n\n", violations)}");
    }
}
