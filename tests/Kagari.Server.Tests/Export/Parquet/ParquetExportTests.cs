using System.Text.Json;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Export.Parquet;

/// <summary>A whole server's export of real profiles, asked with SQL, says what the server itself says.</summary>
public sealed class ParquetExportTests
{
    private const string Cpu = SampleRow.Cpu;

    [Fact]
    public async Task TopFunctionsOfTheWholeSystemByVersion_InDuckDb_AreThoseOfTheServer()
    {
        await using var server = await ServerWithShopAsync();
        using var folder = new TemporaryDirectory();
        var file = await SaveAsync(server, folder, Cpu + "{}");

        var rows = await DuckDb.AskAsync(
            $"select labels['version'] as version, leaf, sum(self)::varchar as cpu from '{file}' group by all order by sum(self) desc, version, leaf limit 10");

        var wanted = new List<(string Version, string Name, long Self)>();
        foreach (var version in new[] { "v1", "v2" })
        {
            var functions = await GetAsync(server, $"/api/v1/functions?query={Uri.EscapeDataString($"{Cpu}{{version=\"{version}\"}}")}&from=now-1h&sort=self&limit=10");
            wanted.AddRange(functions.GetProperty("functions").EnumerateArray().Select(f => (version, f.GetProperty("name").GetString()!, Number(f.GetProperty("self")))));
        }
        rows.Select(r => (r[0].GetString()!, r[1].GetString()!, long.Parse(r[2].GetString()!))).ShouldBe(
            wanted.OrderByDescending(w => w.Self).ThenBy(w => w.Version, StringComparer.Ordinal).ThenBy(w => w.Name, StringComparer.Ordinal).Take(10));
    }

    [Fact]
    public async Task Sums_OfEveryTypeAndService_AreThoseOfTheServer()
    {
        await using var server = await ServerWithShopAsync();
        using var folder = new TemporaryDirectory();
        var file = await SaveAsync(server, folder, "{}");

        var rows = await DuckDb.AskAsync($"select type, unit, service_name, sum(self)::varchar from '{file}' group by all order by all");

        (await server.ProfileTypesAsync()).Length.ShouldBeGreaterThan(5);
        rows.Select(r => r[0].GetString()!).Distinct().ShouldBe(await server.ProfileTypesAsync());
        foreach (var row in rows)
        {
            var graph = await server.StacksByProtoAsync(row[0].GetString()!, $"{{service_name=\"{row[2].GetString()}\"}}");
            graph.Total.ShouldBe(long.Parse(row[3].GetString()!), row.ToString());
            row[1].GetString().ShouldBe(row[0].GetString()!.Split(':')[2]);
        }
    }

    [Fact]
    public async Task TotalOfAFunction_IsWhatStacksContain()
    {
        await using var server = await ServerWithShopAsync();
        using var folder = new TemporaryDirectory();
        var file = await SaveAsync(server, folder, Cpu + "{}");

        var row = (await DuckDb.AskAsync($"select sum(self)::varchar, min(time) >= now() - interval 1 hour from '{file}' where list_contains(stack, 'main.compileCoupon')")).Single();

        var function = (await GetAsync(server, $"/api/v1/functions?query={Uri.EscapeDataString(Cpu + "{}")}&from=now-1h&search=main.compileCoupon")).GetProperty("functions")[0];
        function.GetProperty("name").GetString().ShouldBe("main.compileCoupon");
        long.Parse(row[0].GetString()!).ShouldBe(Number(function.GetProperty("total")));
        row[1].GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task Csv_AndParquet_HoldTheSame()
    {
        await using var server = await ServerWithShopAsync();
        using var folder = new TemporaryDirectory();
        var parquet = await SaveAsync(server, folder, "{}");
        var csv = await SaveAsync(server, folder, "{}", "csv");
        var difference = await DuckDb.AskAsync(
            $"create table p as select time, type, unit, service_name, map_entries(labels)::varchar as labels, nullif(array_to_string(list_transform(stack, lambda n: replace(n, ';', ':')), ';'), '') as stack, replace(leaf, ';', ':') as leaf, self from '{parquet}'",
            $"create table c as select time, type, unit, service_name, (select list({{key: e.key, value: e.value ->> '$'}} order by e.key) from json_each(labels::json) e)::varchar as labels, stack, leaf, self from read_csv('{csv}', all_varchar = false, types = {{'time': 'timestamptz', 'labels': 'varchar', 'stack': 'varchar', 'leaf': 'varchar'}})",
            "(select 'parquet', * from (from p except all from c)) union all (select 'csv', * from (from c except all from p)) union all (select 'rows', null, null, null, null, null, null, null, count(*) from p)");
        difference.Count.ShouldBe(1, string.Join('\n', difference));
        long.Parse(difference[0][8].GetString()!).ShouldBeGreaterThan(1000);
    }

    [Fact]
    public async Task Nothing_IsAFileWithoutRows()
    {
        await using var server = await ClientServer.StartAsync();
        using var folder = new TemporaryDirectory();
        (await DuckDb.LinesAsync($"select count(*), max(labels['version']) from '{await SaveAsync(server, folder, "{}")}'")).ShouldBe(["""["0",null]"""]);
    }

    /// <summary>Every captured profile of the shop, with the labels of its file name.</summary>
    private static async Task<ClientServer> ServerWithShopAsync()
    {
        var server = await ClientServer.StartAsync();
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "testdata", "go"), "*.pb.gz"))
        {
            var name = Path.GetFileName(file)[..^".pb.gz".Length];
            var parts = name.Split('-');
            var family = parts[0] switch { "cpu" => "process_cpu", "heap" => "memory", "goroutine" => "goroutines", var other => other };
            var (status, body) = await server.PushAsync(
                await CapturedProfile.AsOfNowAsync(name),
                ("__name__", family), ("service_name", parts[1]), ("version", parts[2]), ("region", parts[3]), ("pod", parts[4]));
            status.ShouldBe(System.Net.HttpStatusCode.OK, body);
        }
        return server;
    }

    private static async Task<string> SaveAsync(ClientServer server, TemporaryDirectory folder, string query, string format = "parquet")
    {
        using var answer = await server.Http.GetAsync($"/api/v1/export?query={Uri.EscapeDataString(query)}&format={format}");
        answer.IsSuccessStatusCode.ShouldBeTrue();
        if (format == "parquet") answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/vnd.apache.parquet");
        var file = Path.Combine(folder.Path, "samples." + format);
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        return file;
    }

    private static async Task<JsonElement> GetAsync(ClientServer server, string path) => JsonDocument.Parse(await server.Http.GetStringAsync(path)).RootElement;

    /// <summary>64-bit numbers may be texts.</summary>
    private static long Number(JsonElement number) => number.ValueKind == JsonValueKind.String ? long.Parse(number.GetString()!) : number.GetInt64();
}
