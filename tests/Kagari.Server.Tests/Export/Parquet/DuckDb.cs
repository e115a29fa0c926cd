using System.Text.Json;
using Kagari.Server.Tests.Rpc;

namespace Kagari.Server.Tests.Export.Parquet;

/// <summary>The real DuckDB, by its package for Node.</summary>
internal static class DuckDb
{
    /// <summary>Runs statements; the rows of the last, each an array of its columns. 64-bit numbers are texts.</summary>
    public static async Task<IReadOnlyList<JsonElement>> AskAsync(params string[] statements) =>
        [.. (await NodeClients.RunAsync("duckdb.mjs", statements)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    /// <summary>The same, each row as its JSON.</summary>
    public static async Task<IReadOnlyList<string>> LinesAsync(params string[] statements) =>
        (await NodeClients.RunAsync("duckdb.mjs", statements)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
