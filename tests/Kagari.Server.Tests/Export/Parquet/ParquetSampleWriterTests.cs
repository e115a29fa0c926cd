using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Testing;

namespace Kagari.Server.Tests.Export.Parquet;

/// <summary>What DuckDB reads is what was written.</summary>
public sealed class ParquetSampleWriterTests
{
    private const string Columns = "epoch_ns(time)::varchar, type, unit, service_name, map_entries(labels), stack, leaf, self::varchar";

    private const long Noon = 1_700_000_000_123_456_000;

    [Fact]
    public async Task Schema_IsWhatTheGuideSays()
    {
        using var folder = new TemporaryDirectory();
        var file = Save(folder, SampleRow.Write([Row("main")]));
        (await DuckDb.LinesAsync($"describe from '{file}'")).Select(l => JsonDocument.Parse(l).RootElement)
            .Select(r => $"{r[0].GetString()} {r[1].GetString()}").ShouldBe(
            [
                "time TIMESTAMP WITH TIME ZONE", "type VARCHAR", "unit VARCHAR", "service_name VARCHAR", "labels MAP(VARCHAR, VARCHAR)",
                "stack VARCHAR[]", "leaf VARCHAR", "self BIGINT",
            ]);
        (await DuckDb.LinesAsync($"select created_by, num_rows, num_row_groups from parquet_file_metadata('{file}')")).Single().ShouldMatch("""^\["kagari version \d+\.\d+\.\d+","1","1"\]$""");
    }

    [Fact]
    public async Task Empty_IsAFileWithoutRows()
    {
        using var folder = new TemporaryDirectory();
        var file = Save(folder, SampleRow.Write([]));
        (await DuckDb.LinesAsync($"select count(*), count(distinct leaf) from '{file}'")).ShouldBe(["""["0","0"]"""]);
    }

    [Theory]
    [InlineData(ParquetCodec.Gzip)]
    [InlineData(ParquetCodec.Zstd)]
    internal async Task Names_OfAnyKind_AreTheirOwn(ParquetCodec codec)
    {
        using var folder = new TemporaryDirectory();
        var names = new[] { "main", "a;b", "f(int, \"x\")", "it's", "日本語 ü 🔥", "line\nend\r", "", "back\\slash", "tab\t", "\0", new string('x', 5000) };
        var rows = names.Select(n => Row("main", n)).ToArray();
        var file = Save(folder, SampleRow.Write(rows, codec));
        await ShouldHold(file, rows);
        (await DuckDb.LinesAsync($"select distinct compression from parquet_metadata('{file}')")).ShouldBe([$"[\"{codec.ToString().ToUpperInvariant()}\"]"]);
        (await DuckDb.LinesAsync($"select count(*) from '{file}' where list_contains(stack, 'a;b')")).ShouldBe(["""["1"]"""]);
    }

    [Fact]
    public async Task EmptyStack_HasNoLeaf()
    {
        using var folder = new TemporaryDirectory();
        SampleRow[] rows = [Row(), Row("main"), Row(), Row("")];
        var file = Save(folder, SampleRow.Write(rows));
        await ShouldHold(file, rows);
        (await DuckDb.LinesAsync($"select count(*) from '{file}' where leaf is null")).ShouldBe(["""["2"]"""]);
    }

    [Fact]
    public async Task Numbers_AtTheirLimits_Stay()
    {
        using var folder = new TemporaryDirectory();
        var rows = new[] { long.MaxValue, long.MinValue, 0, -1, 1, 1L << 53 | 1 }.Select(v => Row("main") with { Self = v }).ToArray();
        await ShouldHold(Save(folder, SampleRow.Write(rows)), rows);
    }

    [Fact]
    public async Task Labels_AreAMap()
    {
        using var folder = new TemporaryDirectory();
        SampleRow[] rows =
        [
            Row("main") with { Labels = SampleRow.Series(("version", "1.0"), ("a.b", "ü;\"'")) },
            Row("main") with { Labels = SampleRow.Series() },
            Row("main") with { Labels = SampleRow.Series(("version", "")) },
        ];
        var file = Save(folder, SampleRow.Write(rows));
        await ShouldHold(file, rows);
        (await DuckDb.LinesAsync($"select labels['version'], labels['a.b'], cardinality(labels)::int from '{file}'")).ShouldBe(["""["1.0","ü;\"'",2]""", "[null,null,0]", """["",null,1]"""]);
    }

    [Fact]
    public async Task BadUtf8_BecomesTheSignForIt()
    {
        using var folder = new TemporaryDirectory();
        var (output, names) = (new System.Buffers.ArrayBufferWriter<byte>(), new NameTable());
        using (var writer = new ParquetSampleWriter(output))
        {
            writer.Write(new ExportedSample(Noon, new ExportedSeries(SampleRow.Series()), names.View(), [], 1));
            var bad = names.Intern([(byte)'a', 0xFF, (byte)'b']);
            writer.Write(new ExportedSample(Noon, new ExportedSeries(SampleRow.Series()), names.View(), [bad], 1));
            writer.Finish();
        }
        (await DuckDb.LinesAsync($"select leaf from '{Save(folder, output.WrittenSpan.ToArray())}'")).ShouldBe(["[null]", "[\"a\uFFFDb\"]"]);
    }

    [Fact]
    public async Task Bounds_LetReadersSkipRowGroups()
    {
        using var folder = new TemporaryDirectory();
        var rows = Enumerable.Range(0, 1000).Select(i => Row("main", "ä" + (i / 100)) with { TimeNanos = Noon + (i * 1000L), Self = i - 500 }).ToArray();
        var file = Save(folder, SampleRow.Write(rows, limits: new ParquetLimits { RowGroupRowsMax = 100 }));
        var groups = await DuckDb.AskAsync($"select row_group_id::int, path_in_schema, stats_min_value, stats_max_value, stats_null_count::int from parquet_metadata('{file}') order by all");
        var of = groups.ToLookup(g => g[1].GetString(), g => $"{g[2]} {g[3]} {g[4]}");
        of["self"].ShouldBe(Enumerable.Range(0, 10).Select(g => $"{(g * 100) - 500} {(g * 100) - 401} 0"));
        of["leaf"].ShouldBe(Enumerable.Range(0, 10).Select(g => $"ä{g} ä{g} 0"));
        of["time"].First().ShouldBe("2023-11-14 22:13:20.123456+00 2023-11-14 22:13:20.123555+00 0");
        // What is skipped by bounds must not be what is asked for.
        (await DuckDb.LinesAsync($"select sum(self)::int, count(*)::int from '{file}' where time >= timestamptz '2023-11-14 22:13:20.124156Z' and leaf < 'ä9' and self <= 300"))
            .ShouldBe([$"[{rows.Where(r => r.TimeNanos >= Noon + 700_000 && r.Stack[^1][1] < '9' && r.Self <= 300).Sum(r => r.Self)},{rows.Count(r => r.TimeNanos >= Noon + 700_000 && r.Stack[^1][1] < '9' && r.Self <= 300)}]"]);
    }

    [Fact]
    public async Task Dictionary_ThatOutgrowsItsLimit_IsLeft()
    {
        using var folder = new TemporaryDirectory();
        // 50 names for a while, then only new ones.
        var rows = Enumerable.Range(0, 6000).Select(i => Row("main", i < 3000 ? $"shared_{i % 50}" : $"a_name_that_comes_only_once_{i}")).ToArray();
        var file = Save(folder, SampleRow.Write(rows, limits: new ParquetLimits { DictionaryBytesMax = 20_000, PageValuesMax = 1000 }));
        await ShouldHold(file, rows);
        (await DuckDb.LinesAsync($"select encodings from parquet_metadata('{file}') where path_in_schema = 'leaf'")).ShouldBe(["""["PLAIN, RLE, RLE_DICTIONARY"]"""]);
    }

    [Fact]
    public async Task Dictionary_ThatSharesNothing_IsNotWritten()
    {
        using var folder = new TemporaryDirectory();
        var rows = Enumerable.Range(0, 1000).Select(i => Row("main") with { Self = i * 1_000_003L }).ToArray();
        var file = Save(folder, SampleRow.Write(rows));
        await ShouldHold(file, rows);
        (await DuckDb.LinesAsync($"select path_in_schema, encodings, dictionary_page_offset is null from parquet_metadata('{file}') where path_in_schema in ('self', 'type')"))
            .ShouldBe(["""["type","PLAIN, RLE, RLE_DICTIONARY",false]""", """["self","PLAIN, RLE",true]"""]);
    }

    [Fact]
    public async Task CutFile_IsNotRead()
    {
        using var folder = new TemporaryDirectory();
        var bytes = SampleRow.Write([.. Enumerable.Range(0, 1000).Select(i => Row("main", $"f{i}"))], limits: new ParquetLimits { RowGroupRowsMax = 100 });
        var file = Save(folder, bytes[..(bytes.Length / 2)]);
        (await Record.ExceptionAsync(() => DuckDb.LinesAsync($"select count(*) from '{file}'"))).ShouldNotBeNull().Message.ShouldContain("No magic bytes found at end of file");
    }

    [Fact]
    public async Task AnyRows_InAnyCut_ComeBack()
    {
        using var folder = new TemporaryDirectory();
        var wanted = new List<SampleRow>();
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Random(seed);
            var rows = RandomRows(random);
            var limits = new ParquetLimits
            {
                RowGroupRowsMax = random.Next(1, 400),
                RowGroupBytesMax = random.Next(100, 100_000),
                PageValuesMax = random.Next(1, 500),
                PageBytesMax = random.Next(1, 5000),
                DictionaryBytesMax = random.Next(5000),
            };
            Save(folder, SampleRow.Write(rows, random.Next(2) == 0 ? ParquetCodec.Gzip : ParquetCodec.Zstd, limits, random.Next(1, 200)), $"{seed:d3}.parquet");
            wanted.AddRange(rows);
        }
        await ShouldHold(Path.Combine(folder.Path, "*.parquet"), wanted);
    }

    private static SampleRow[] RandomRows(Random random)
    {
        var names = Enumerable.Range(0, random.Next(1, 300)).Select(_ => new string([.. Enumerable.Range(0, random.Next(20)).Select(_ => "ab;\"ü日\n,'"[random.Next(9)])])).ToArray();
        var series = Enumerable.Range(0, random.Next(1, 10)).Select(i => SampleRow.Series([.. Enumerable.Range(0, random.Next(4)).Select(l => ($"l{l}", $"{random.Next(3)}"))])).ToArray();
        return [.. Enumerable.Range(0, random.Next(400)).Select(i => new SampleRow(
            Noon + (random.Next(50) * 1000L), series[random.Next(series.Length)], [.. Enumerable.Range(0, random.Next(30)).Select(_ => names[random.Next(names.Length)])],
            random.Next(2) == 0 ? random.Next(5) * 10_000_000L : random.NextInt64(long.MinValue, long.MaxValue)))];
    }

    private static SampleRow Row(params string[] stack) => new(Noon, SampleRow.Series(("version", "1")), stack, 10_000_000);

    private static string Save(TemporaryDirectory folder, byte[] bytes, string name = "samples.parquet")
    {
        var file = Path.Combine(folder.Path, name);
        File.WriteAllBytes(file, bytes);
        return file;
    }

    private static async Task ShouldHold(string files, IReadOnlyList<SampleRow> wanted)
    {
        var rows = await DuckDb.AskAsync($"select {Columns} from read_parquet('{files}', filename = true, file_row_number = true) order by filename, file_row_number");
        rows.Count.ShouldBe(wanted.Count);
        for (var i = 0; i < wanted.Count; i++)
        {
            var (row, want) = (rows[i], wanted[i]);
            var series = new ExportedSeries(want.Labels);
            (row[0].GetString(), row[7].GetString()).ShouldBe((want.TimeNanos.ToString(), want.Self.ToString()), $"row {i}");
            (row[1].GetString(), row[2].GetString(), row[3].GetString()).ShouldBe((SampleRow.Cpu, "nanoseconds", "shop"), $"row {i}");
            row[4].EnumerateArray().Select(l => new Label(l.GetProperty("key").GetString()!, l.GetProperty("value").GetString()!)).ShouldBe(series.Labels, $"row {i}");
            row[5].EnumerateArray().Select(n => n.GetString()).ShouldBe(want.Stack, $"row {i}");
            row[6].GetString().ShouldBe(want.Stack.LastOrDefault(), $"row {i}");
        }
    }
}
