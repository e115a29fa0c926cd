using System.Text.Json;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Commands;

/// <summary><c>kagari delete</c> against a server of its own: a deletion compacts the logs of all tenants.</summary>
public sealed class DeleteTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly byte[] Cpu = TestProfiles.Pprof("gc 3,30000000 | main;idle 1,10000000 | main;work;io 2,20000000 | main;work;sort 4,40000000");

    [Fact]
    public async Task Delete_DryRunThenYes_ShowsWhatGoesAndDeletesIt()
    {
        await server.UploadAsync("delete", Cpu, "shop");
        await server.UploadAsync("delete", Cpu, "cart");
        var run = await server.OkAsync("delete", "delete", "shop", "--from", "now-1h", "--dry-run");
        run.Out.ShouldMatch("""
            ^service  series  rows +first +last  type
            shop +1 +1 +\d{4}-\d\d-\d\dT\d\d:\d\dZ  \S+Z  process_cpu:cpu.*
            shop +1 +1 +.*  process_cpu:sam.*
            Would delete 2 rows of 2 series, which lie in [0-9.]+ k?B\.

            """.ReplaceLineEndings("\n").TrimEnd());
        run = await server.RunAsync("delete", "delete", "shop", "--from", "now-1h");
        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Out.ShouldContain("Would delete 2 rows");
        run.Error.ShouldBe("kagari: nothing was deleted; add --yes to delete this\n");
        (await server.OkAsync("delete", "labels", "service_name")).Out.ShouldBe("cart\nshop\n");

        (await server.OkAsync("delete", "delete", "shop", "--from", "now-1h", "--yes")).Out.ShouldMatch(@"Deleted 2 rows of 2 series; [0-9.]+ k?B in 1 blocks became [0-9.]+ k?B\.\n$");
        (await server.OkAsync("delete", "labels", "service_name")).Out.ShouldBe("cart\n");
        run = await server.RunAsync("delete", "delete", "shop", "--from", "0", "--yes");
        (run.ExitCode, run.Out).ShouldBe((ExitCode.NothingFound, "Nothing matches.\n"));

        using var json = JsonDocument.Parse((await server.OkAsync("delete", "delete", "process_cpu:samples:count:cpu:nanoseconds", "--from", "0", "--yes", "--json")).Out);
        json.RootElement.GetProperty("rows").GetInt64().ShouldBe(1);
        (await server.OkAsync("delete", "delete", "--all", "--from", "0", "--yes")).Out.ShouldContain("Deleted 1 rows of 1 series");
        (await server.RunAsync("delete", "labels")).ExitCode.ShouldBe(ExitCode.NothingFound);
    }
}
