using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Query.Tests;

/// <summary>A store with an engine over it, asked in selectors and answered in drawings.</summary>
internal sealed class QueryFixture(TestStore store) : IAsyncDisposable
{
    public const long Second = 1_000_000_000;

    public TestStore Store { get; } = store;

    public QueryEngine Engine { get; } = new(store.Catalogue, store.NewDatasets());

    public static async Task<QueryFixture> OpenAsync() => new(await TestStore.OpenAsync());

    public static SeriesQuery Ask(string selector = "{}", long fromSeconds = long.MinValue / Second, long untilSeconds = long.MaxValue / Second, params string[] tenants)
    {
        SelectorParser.TryParse(selector, out var parsed, out var error).ShouldBeTrue(error);
        return new SeriesQuery(tenants.Length == 0 ? ["t"] : tenants, fromSeconds * Second, untilSeconds * Second, parsed!);
    }

    public async Task<string> DrawAsync(SeriesQuery query, StackFilter? filter = null) =>
        Drawings.Draw(await Engine.MergeTreeAsync(query, filter ?? StackFilter.None, default));

    public Task<string> DrawAsync(string selector = "{}") => DrawAsync(Ask(selector));

    public ValueTask DisposeAsync() => Store.DisposeAsync();
}
