using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Kagari.Cli.Uploading;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Commands;

/// <summary>Commands against a real server over loopback; each test has its own tenant.</summary>
public sealed class EndToEndTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Drawing = "gc 30000000 | main;idle 10000000 | main;work;io 20000000 | main;work;sort 40000000";

    private static readonly byte[] Cpu = TestProfiles.Pprof("gc 3,30000000 | main;idle 1,10000000 | main;work;io 2,20000000 | main;work;sort 4,40000000");

    [Fact]
    public async Task Query_AfterUpload_DrawsAFlameGraph()
    {
        await server.UploadAsync("flame", Cpu);
        var run = await server.OkAsync("flame", "query", "shop");
        run.Out.ShouldBe("""
            process_cpu:cpu:nanoseconds:cpu:nanoseconds {service_name="shop"}: 100 ms
            │total 100%
            │gc 30%                 │main 70%
                                    │idle   │work 60%
                                            │io 20%         │sort 40%

            """);
    }

    [Fact]
    public async Task Export_WritesEverySample()
    {
        await server.UploadAsync("export", Cpu);
        var run = await server.OkAsync("export", "export", "shop", "--format", "csv");
        var lines = Encoding.UTF8.GetString(run.Binary).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldBe("time,type,unit,service_name,labels,stack,leaf,self");
        lines.Skip(1).Select(l => l[(l.IndexOf('}') + 3)..]).Order(StringComparer.Ordinal).ShouldBe(["gc,gc,30000000", "main;idle,idle,10000000", "main;work;io,io,20000000", "main;work;sort,sort,40000000"]);
        var file = Path.Combine(server.Directory, "export.ndjson");
        await server.OkAsync("export", "export", "shop", "-f", file);
        File.ReadLines(file).Count().ShouldBe(4);
        (await server.RunAsync("export", "export", "{broken")).Error.ShouldContain("broken");
    }

    [Fact]
    public async Task Debuginfo_UploadListDelete()
    {
        var elf = server.Write("app.debug", MinimalElf.WithBuildId([0xb0, 0xb1, 0xc2]));
        (await server.OkAsync("symbols", "debuginfo", "upload", elf)).Out.ShouldContain("b0b1c2, ");
        (await server.OkAsync("symbols", "debuginfo", "upload", elf)).Out.ShouldContain("not wanted: Debuginfo already exists");
        (await server.OkAsync("symbols", "debuginfo", "list")).Out.ShouldMatch(@"^b0b1c2 +\d+  uploaded   app\.debug\n$");
        (await server.OkAsync("symbols", "debuginfo", "delete", "b0b1c2")).Out.ShouldBe("b0b1c2: deleted\n");
        (await server.RunAsync("symbols", "debuginfo", "list")).ExitCode.ShouldBe(ExitCode.NothingFound);
        var run = await server.RunAsync("symbols", "debuginfo", "upload", "/no/such", server.Write("no.elf", [1, 2, 3]));
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("'/no/such' cannot be read");
        run.Error.ShouldContain("is no program: elf");
    }

    [Fact]
    public async Task Upload_OfStandardInput_IsStored()
    {
        var run = await server.RunAsync("piped", Encoding.UTF8.GetBytes("main;work 5\n"), "upload", "-", "--service", "shop", "--sample-rate", "1000000000");
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""));
        (await server.OkAsync("piped", "query", "shop", "-o", "collapsed")).Out.ShouldBe("main;work 5\n");
    }

    [Fact]
    public async Task Export_Parquet_GoesToAFileOrAPipe()
    {
        await server.UploadAsync("export-parquet", Cpu);
        var file = Path.Combine(server.Directory, "export.parquet");
        await server.OkAsync("export-parquet", "export", "shop", "--format", "parquet", "-f", file);
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[..4].ShouldBe("PAR1"u8.ToArray());
        bytes[^4..].ShouldBe("PAR1"u8.ToArray());
        (await server.OkAsync("export-parquet", "export", "shop", "--format", "parquet")).Binary.Length.ShouldBe(bytes.Length);
    }

    [Fact]
    public async Task Export_AllTypes_HoldsEachType()
    {
        await server.UploadAsync("export-all", Cpu);
        static string Types(CommandRun run) => string.Join(' ', Encoding.UTF8.GetString(run.Binary).Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split(',')[1]).Distinct().Order(StringComparer.Ordinal));
        Types(await server.OkAsync("export-all", "export", "{}", "--format", "csv")).ShouldBe("process_cpu:cpu:nanoseconds:cpu:nanoseconds");
        Types(await server.OkAsync("export-all", "export", "{}", "--all-types", "--format", "csv")).ShouldBe("process_cpu:cpu:nanoseconds:cpu:nanoseconds process_cpu:samples:count:cpu:nanoseconds");
        Types(await server.OkAsync("export-all", "export", "shop", "--all-types", "--format", "csv")).ShouldContain("samples");
    }

    [Fact]
    public async Task Upload_SeveralProfilesOfAFile_AreToldApartByName()
    {
        var perf = "app 7 1.5: 250 cpu-clock: \n\t10 work+0x2 (/bin/app)\n\t20 main+0x0 (/bin/app)\n\napp 7 1.6: 3 faults: \n\t20 main+0x4 (/bin/app)\n";
        var run = await server.OkAsync("several", "upload", server.Write("perf.txt", Encoding.UTF8.GetBytes(perf)), "--service", "shop");
        run.Out.ShouldContain("perf.txt (cpu-clock): process_cpu, 1 samples");
        run.Out.ShouldContain("perf.txt (faults): faults, 1 samples");
        (await server.OkAsync("several", "labels", "profile_name")).Out.ShouldBe("cpu-clock\nfaults\n");
        run = await server.OkAsync("several", "query", "{profile_name=\"faults\"}", "--type", "faults:faults:count:faults:count", "-o", "collapsed");
        run.Out.ShouldBe("app;main 3\n");
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Upload_Pprof_KeepsEveryValueWhateverTheFormAndTime(bool gzip, bool keepTime)
    {
        var tenant = $"keep-{gzip}-{keepTime}";
        var time = TimeProvider.System.GetUtcNow().AddMinutes(-5);
        var pprof = TestProfiles.Pprof("gc 3,30000000 | main;idle 1,10000000 | main;work;io 2,20000000 | main;work;sort 4,40000000", time);
        await server.UploadAsync(tenant, gzip ? Gzip(pprof) : pprof, "shop", keepTime ? ["--time", "keep"] : []);
        // What keeps its time lies five minutes back, what was stamped is younger than that.
        string[] range = keepTime ? ["--from", "now-10m", "--until", "now-4m"] : ["--from", "now-4m"];
        var run = await server.OkAsync(tenant, ["query", "{}", "-o", "pprof", .. range]);
        Draw(run.Binary).ShouldBe(Drawing);
    }

    [Fact]
    public async Task Upload_Json_SaysWhatWasSentAndWhatNot()
    {
        var file = server.Write("json.pb", Cpu);
        var run = await server.RunAsync("json", "upload", file, "/no/such", "--service", "shop", "--json");
        run.ExitCode.ShouldBe(ExitCode.Failure);
        using var json = JsonDocument.Parse(run.Out);
        var uploaded = json.RootElement.GetProperty("uploaded")[0];
        uploaded.GetProperty("name").GetString().ShouldBe("process_cpu");
        uploaded.GetProperty("types")[1].GetProperty("total").GetInt64().ShouldBe(100_000_000);
        json.RootElement.GetProperty("failed").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Upload_FoldedText_BecomesNanoseconds()
    {
        await server.UploadAsync("folded", Encoding.UTF8.GetBytes("main;work 3\nmain;idle 1\n"), "my.shop", "--label", "pod=a b");
        var run = await server.OkAsync("folded", "query", "{service_name=\"my.shop\",pod=\"a b\"}", "-o", "collapsed");
        run.Out.ShouldBe("main;idle 10000000\nmain;work 30000000\n");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Upload_JfrRecording_SendsEveryProfileOfIt(bool gzip)
    {
        var tenant = $"jfr-{gzip}";
        var recording = new JfrDrawing().Setting("event", "cpu")
            .Event("jdk.ExecutionSample", "p/Main.main;p/Main.work").Event("jdk.ObjectAllocationSample", "p/Main.main", ("weight", 4096)).ToArray();
        var file = server.Write(tenant, gzip ? Gzip(recording) : recording);

        var run = await server.OkAsync(tenant, "upload", file, "--service", "shop", "--label", "pod=a");

        run.Out.Split('\n').Select(line => line[(line.LastIndexOf(": ", StringComparison.Ordinal) + 1)..]).ShouldBe([" cpu 10 ms", " alloc_sample_objects 1, alloc_sample_bytes 4.1 kB", ""]);
        (await server.OkAsync(tenant, "query", "{service_name=\"shop\",pod=\"a\",jfr_event=\"cpu\"}", "--type", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "-o", "collapsed"))
            .Out.ShouldBe("p/Main.main;p/Main.work 10000000\n");
    }

    [Fact]
    public async Task Upload_BrokenJfrRecording_SaysWhatItIs()
    {
        var file = server.Write("broken.jfr", new JfrDrawing().ToArray()[..^1]);
        var run = await server.RunAsync("broken", "upload", file, "--service", "shop");
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldContain("is a JFR recording that cannot be read: jfr: the chunk at byte 0 says that it has");
        (await server.RunAsync("broken", "inspect", file)).Error.ShouldContain("cannot be read: jfr: the chunk at byte 0 says that it has");
    }

    [Theory]
    [InlineData("collapsed", "gc 30000000\nmain;idle 10000000\n")]
    [InlineData("json", "\"flamebearer\"")]
    [InlineData("dot", "digraph \"cpu\" {")]
    [InlineData("svg", "<svg ")]
    public async Task Query_EachOutput_GoesToTheFile(string output, string content)
    {
        var tenant = $"output-{output}";
        await server.UploadAsync(tenant, Cpu);
        var file = Path.Combine(server.Directory, tenant);
        var run = await server.OkAsync(tenant, "query", "shop", "-o", output, "-f", file);
        run.Out.ShouldBe("");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldContain(content);
        (await server.OkAsync(tenant, "query", "shop", "-o", output)).Out.ShouldContain(content);
    }

    [Fact]
    public async Task Top_BySelfAndTotal_IsExact()
    {
        await server.UploadAsync("top", Cpu);
        (await server.OkAsync("top", "top", "shop", "-n", "2")).Out.ShouldBe("""
            process_cpu:cpu:nanoseconds:cpu:nanoseconds {service_name="shop"}: 100 ms, 6 functions
             self  self%  total  total%  function
            40 ms    40%  40 ms     40%  sort
            30 ms    30%  30 ms     30%  gc
            … 4 more functions

            """);
        using var json = JsonDocument.Parse((await server.OkAsync("top", "top", "shop", "--sort", "total", "--json")).Out);
        json.RootElement.GetProperty("functions")[0].ToString().ShouldContain("main");
        (await server.OkAsync("top", "query", "shop", "--table", "-n", "1")).Out.ShouldContain("sort");
    }

    [Fact]
    public async Task Diff_OfServicesAndFiles_RanksTheChange()
    {
        var slower = TestProfiles.Pprof("gc 3,30000000 | main;idle 1,10000000 | main;work;io 2,20000000 | main;work;sort 4,140000000");
        await server.UploadAsync("diff", Cpu, "before");
        await server.UploadAsync("diff", slower, "after");
        var run = await server.OkAsync("diff", "diff", "before", "after", "-n", "1");
        run.Out.ShouldContain("+30.00  40 ms  140 ms    40%     70%  sort");

        var file = server.Write("slower.pb", slower);
        using var json = JsonDocument.Parse((await server.OkAsync("diff", "diff", "before", file, "--json")).Out);
        json.RootElement.GetProperty("functions")[0].GetProperty("selfShareChange").GetDouble().ShouldBe(0.3, 1e-9);
    }

    [Fact]
    public async Task Query_TypeWithoutData_SaysWhichTypesExist()
    {
        await server.UploadAsync("types", Cpu);
        var run = await server.RunAsync("types", "query", "shop", "--type", "memory:inuse_space:bytes:space:bytes");
        run.ExitCode.ShouldBe(ExitCode.NothingFound);
        run.Error.ShouldContain("It has these types:\n  process_cpu:cpu:nanoseconds:cpu:nanoseconds\n  process_cpu:samples:count:cpu:nanoseconds\n");

        run = await server.RunAsync("types", "top", "nobody");
        run.ExitCode.ShouldBe(ExitCode.NothingFound);
        run.Error.ShouldContain("Nothing at all matches the selector; the server has these types:\n  process_cpu:cpu");

        run = await server.RunAsync("types", "query", "shop", "-o", "pprof", "--from", "now-3h", "--until", "now-2h");
        run.ExitCode.ShouldBe(ExitCode.NothingFound);
        run.Error.ShouldContain("The server has no data at all in that time.");
    }

    [Fact]
    public async Task Labels_NamesAndValues_AreListed()
    {
        await server.UploadAsync("labels", Cpu, "shop", "--label", "pod=a", "--label", "k8s.node=n1");
        (await server.OkAsync("labels", "labels")).Out.Split('\n').ShouldContain("k8s.node");
        (await server.OkAsync("labels", "labels", "pod", "--json")).Out.ShouldBe("[\n  \"a\"\n]\n");
        (await server.OkAsync("labels", "series", "--label", "pod", "--label", "service_name")).Out.ShouldBe("{pod=\"a\", service_name=\"shop\"}\n");
        (await server.RunAsync("labels", "labels", "nothing")).ExitCode.ShouldBe(ExitCode.NothingFound);
    }

    [Fact]
    public async Task Call_Refused_NamesUrlStatusAndMessage()
    {
        var run = await CommandRun.OfAsync(["labels", "--url", server.Url]);
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldBe($"kagari: POST {server.Url}querier.v1.QuerierService/LabelNames: 401 Unauthorized: unauthenticated: no org id\n");
        run = await server.RunAsync("x", "query", "{a=}");
        run.Error.ShouldContain("400 Bad Request: invalid_argument: ");
    }

    [Fact]
    public async Task Inspect_StoreOfARunningServer_ShowsItsSegmentsAndChecksThem()
    {
        await server.UploadAsync("inspect", Cpu, "inspected");
        var run = await server.OkAsync("inspect", "inspect", server.Storage);
        run.Out.ShouldMatch("    inspect/inspected generation [0-9]+: 1 rows, ");
        run.Out.ShouldContain("checksum ok");
        run.Out.ShouldEndWith("0 damaged sections\n");
        using var json = JsonDocument.Parse((await server.OkAsync("inspect", "inspect", server.Storage, "--json")).Out);
        json.RootElement.GetProperty("damagedSections").GetInt32().ShouldBe(0);
        (await server.OkAsync("inspect", "top", "inspected")).Out.ShouldContain("sort", customMessage: "the server goes on");
    }

    [Fact]
    public async Task Inspect_CopyWithAFlippedBit_SaysWhere()
    {
        await server.UploadAsync("damage", Cpu, "damaged");
        using var json = JsonDocument.Parse((await server.OkAsync("damage", "inspect", server.Storage, "--json")).Out);
        var log = json.RootElement.GetProperty("logs")[0];
        var section = log.GetProperty("segments")[0].GetProperty("datasets")[0].GetProperty("sections")[0];

        var copy = Directory.CreateDirectory(Path.Combine(server.Directory, "copy", "log")).Parent!.FullName;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(server.Storage, log.GetProperty("key").GetString()!), TestContext.Current.CancellationToken);
        bytes[section.GetProperty("offset").GetInt32()] ^= 1;
        var file = Path.Combine(copy, log.GetProperty("key").GetString()!);
        await File.WriteAllBytesAsync(file, bytes, TestContext.Current.CancellationToken);
        File.Copy(Path.Combine(server.Storage, "manifest"), Path.Combine(copy, "manifest"));

        // With the manifest the segment is known and its section differs; the log alone has lost the segment.
        var run = await server.RunAsync("damage", "inspect", copy);
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Out.ShouldContain("checksum DIFFERS");
        run.Out.ShouldContain("1 damaged sections");
        run = await server.RunAsync("damage", "inspect", file);
        run.Out.ShouldMatch(@"at 0: (DAMAGED: The checksum of the section|the rest is no whole segment)");
        (await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)).ShouldBe(bytes, "inspect changes nothing");
    }

    [Fact]
    public async Task Inspect_Profile_ShowsItsTypes() =>
        (await server.OkAsync("x", "inspect", server.Write("inspect.pb", Cpu))).Out.ShouldMatch("inspect.pb: process_cpu, 4 samples, [0-9]+ B: samples 10, cpu 100 ms\n$");

    private static string Draw(byte[] pprof)
    {
        ProfileFile.TryDecode("answer", pprof, out var file, out var error).ShouldBeTrue(error);
        return Drawings.Draw(Drawings.TreeOf(file!.Profile));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
