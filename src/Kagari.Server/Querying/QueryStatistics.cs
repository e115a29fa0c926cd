using System.Globalization;
using Kagari.Query;

namespace Kagari.Server.Querying;

/// <summary>What a query read, as a header of its answer.</summary>
internal static class QueryStatistics
{
    public const string Header = "X-Kagari-Query";

    /// <summary><c>chains=2, blocks=3, rollups=0, rows=120, tiles=4, sums=8, memory=81920, replans=0, kept=no</c></summary>
    public static string Of(QueryRun run) => string.Create(CultureInfo.InvariantCulture,
        $"chains={run.Chains}, blocks={run.Blocks}, rollups={run.Rollups}, rows={run.Rows}, tiles={run.Tiles}, sums={run.TotalTiles}, memory={run.MemoryBytes}, replans={run.Replans}, kept={(run.IsKept ? "yes" : "no")}");
}
