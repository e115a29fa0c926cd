using System.IO.Compression;
using System.Text;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Input that wants to break the server: it is refused, cheaply, and the server goes on.</summary>
public sealed class HostileInputTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Bomb_OnEveryEntry_IsRefusedWithinLittleMemory()
    {
        const int GrowthMaxKiB = 64 << 10;
        var bomb = Zeros(1L << 30);
        output.WriteLine($"1 GiB of zeros in {bomb.Length} bytes");
        using var directory = new TemporaryDirectory();
        using var server = KagariProcess.Start(directory.Path);
        using var http = new HttpClient();
        (await server.IsReadyAsync(http, 3000)).ShouldBeTrue();
        var push = new Wire.Push.PushRequest { Series = { LiveServer.Series(bomb) } };
        // What the first request of a process loads and compiles is not the bomb's doing.
        var small = new Wire.Push.PushRequest { Series = { LiveServer.Series(RpcRequests.Gzip(new byte[1000])) } };
        using var first = RpcRequests.Proto(LiveServer.Push, small);
        first.RequestUri = new Uri(server.Url, first.RequestUri!);
        using (await http.SendAsync(first))
        {
        }
        foreach (var format in new[] { "pprof", "folded" })
        {
            using var warm = await http.PostAsync(new Uri(server.Url, $"ingest?name=a&format={format}"), new ByteArrayContent(RpcRequests.Gzip(new byte[1000])));
        }
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bomb), "profile", "profile" } };
        var requests = new (string Name, int Status, Func<HttpRequestMessage> Create)[]
        {
            ("push", 400, () => RpcRequests.Proto(LiveServer.Push, push)),
            ("push, whole body", 400, () => RpcRequests.Post(LiveServer.Push, bomb, "application/proto").With("Content-Encoding", "gzip")),
            ("push, json", 400, () => RpcRequests.Post(LiveServer.Push, bomb, "application/json").With("Content-Encoding", "gzip")),
            ("query", 400, () => RpcRequests.Post("/querier.v1.QuerierService/Series", bomb, "application/json").With("Content-Encoding", "gzip")),
            ("pprof", 422, () => RpcRequests.Post("/ingest?name=a&format=pprof", bomb, "application/octet-stream")),
            ("folded", 422, () => RpcRequests.Post("/ingest?name=a", bomb, "text/plain")),
            ("tree", 422, () => RpcRequests.Post("/ingest?name=a&format=tree", bomb, "text/plain")),
            ("form", 422, () => new HttpRequestMessage(HttpMethod.Post, "/ingest?name=a") { Content = form }),
        };
        foreach (var (name, expected, create) in requests)
        {
            server.ResetPeak();
            var before = server.StatusKiB("VmRSS");
            using var request = create();
            request.RequestUri = new Uri(server.Url, request.RequestUri!);
            using var response = await http.SendAsync(request);
            var growth = server.StatusKiB("VmHWM") - before;
            output.WriteLine($"{name}: {(int)response.StatusCode}, {growth} KiB more");
            ((int)response.StatusCode).ShouldBe(expected, await response.Content.ReadAsStringAsync());
            growth.ShouldBeLessThan(GrowthMaxKiB, name);
        }
    }

    [Fact]
    public async Task Gzip_CutAnywhere_IsRefusedAndNotStored()
    {
        await using var server = await LiveServer.StartAsync(AnyTime);
        var whole = RpcRequests.Gzip(await File.ReadAllBytesAsync(RealProfiles().First()));
        for (var part = 0; part < 20; part++)
        {
            var cut = whole[..(whole.Length * part / 20)];
            (await server.IngestAsync("name=a&format=pprof", cut)).Status.ShouldBe(422, $"{part}/20");
            (await server.IngestFormAsync("name=a", ("profile", cut))).Status.ShouldBe(part == 0 ? 200 : 422, $"{part}/20");
            (await server.PushAsync(cut)).Status.ShouldBe(400, $"{part}/20");
            (await server.IngestAsync("name=a.cpu", cut)).Status.ShouldBe(part == 0 ? 200 : 422, $"{part}/20");
        }
        foreach (var cut in new[] { 1, 4, 8, 9 }) (await server.PushAsync(whole[..^cut])).Status.ShouldBe(400, $"without the last {cut} bytes");
        (await server.ValuesAsync("service_name")).ShouldBe("");
        (await server.PushAsync(whole)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Pprof_Mutated_NeverFailsTheServer()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        await using var server = await LiveServer.StartAsync(AnyTime);
        var real = RealProfiles().Select(File.ReadAllBytes).ToArray();
        var statuses = new SortedDictionary<int, int>();
        for (var i = 0; i < 300; i++)
        {
            var bytes = Mutate(Plain(real[random.Next(real.Length)]), random);
            var (status, body) = (i % 3) switch
            {
                0 => await server.PushAsync(bytes),
                1 => await server.IngestAsync("name=a&format=pprof", bytes),
                _ => await server.IngestAsync($"name=a&format={(random.Next(2) == 0 ? "tree" : "trie")}", bytes),
            };
            status.ShouldBeOneOf([200, 400, 422], $"seed {seed}, {i}: {body}");
            statuses[status] = statuses.GetValueOrDefault(status) + 1;
        }
        output.WriteLine(string.Join(", ", statuses));
        (await server.PushAsync(Drawings.Pprof("still;here 7", "cpu:nanoseconds"), ("__name__", "process_cpu"), ("service_name", "after"))).Status.ShouldBe(200);
        (await server.StacksAsync(selector: "{service_name=\"after\"}")).ShouldBe("still;here 7");
        foreach (var type in (await server.ValuesAsync("__profile_type__")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(t => t.All(c => c is > ' ' and < '\u007f' and not ('"' or '\\'))))
            (await server.StacksAsync(type)).ShouldNotStartWith("5");
    }

    [Fact]
    public async Task Stacks_OfOneFrame_AreTakenInBoundedWork()
    {
        // Each of the deep stacks matches each of the others at every position. Unbounded this runs for hours.
        await using var server = await LiveServer.StartAsync();
        var profile = new FlatProfile();
        profile.Clear();
        var (name, file) = (profile.AddString("f"), profile.AddString("f.go"));
        profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString("cpu"), profile.AddString("nanoseconds")));
        profile.Functions.Add(new Function(name, name, file, 0));
        profile.Lines.Add(new Line(0, 0, 0));
        profile.Locations.Add(new Location(-1, 0, 1, 0));
        for (var i = 0; i < 4000; i++)
        {
            var depth = 100 + (i % 900);
            profile.Samples.Add(new Sample(profile.Stacks.Count, depth, 0, 0));
            profile.Stacks.Extend(depth).Clear();
            profile.Values.Add(1);
        }
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        (await server.PushAsync(bytes.WrittenSpan.ToArray())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task FileNames_JoinedToManyFunctions_AreBounded()
    {
        await using var server = await LiveServer.StartAsync();
        var profile = Drawings.Profile("f 1", "cpu:nanoseconds");
        var file = profile.AddString(Encoding.ASCII.GetBytes(new string('x', 60_000)));
        for (var i = 0; i < 10_000; i++) profile.Functions.Add(new Function(profile.Functions[0].Name, 0, file, i));
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        var (status, body) = await server.IngestAsync("name=a&format=pprof&spyName=rbspy", bytes.WrittenSpan.ToArray());
        (status, body.Contains("max_profile_size_bytes")).ShouldBe((422, true), body);
        server.Discarded(Kagari.Server.Ingest.DiscardReason.ProfileSizeLimit).ShouldBe(1);
        (await server.IngestAsync("name=a&format=pprof", bytes.WrittenSpan.ToArray())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task SampleLabels_AValuePerSample_AreBounded()
    {
        await using var server = await LiveServer.StartAsync();
        var pprof = Drawings.Pprof(string.Join(" | ", Enumerable.Range(0, 40_000).Select(i => $"a 1,2 {{request=r{i}}}")), "samples:count", "cpu:nanoseconds");
        var (status, body) = await server.PushAsync(pprof);
        (status, body.Contains("more than 65536 series")).ShouldBe((400, true), body);
        server.Discarded(Kagari.Server.Ingest.DiscardReason.SeriesLimit).ShouldBe(1);
        (await server.ValuesAsync("request")).ShouldBe("");
    }

    [Theory]
    [InlineData("((x{1000}){1000}){1000}")]
    [InlineData("(x+x+)+y")]
    [InlineData("(a|b)*a(a|b){900}")]
    [InlineData("(?i)(é|è|\\\\pL){1000}.*.*.*.*.*.*z")]
    public async Task Patterns_Explosive_AreAnswered(string pattern)
    {
        await using var server = await LiveServer.StartAsync();
        await server.PushAsync(Drawings.Pprof("a 1", "cpu:nanoseconds"), ("__name__", "n"), ("service_name", new string('x', 2000)), ("a", string.Concat(Enumerable.Repeat("ab", 1000))));
        foreach (var label in new[] { "service_name", "a" })
            (await server.QueryAsync("Series", "{\"matchers\":[\"{" + label + "=~\\\"" + pattern + "\\\"}\"]," + server.Range + "}")).Status.ShouldBeOneOf(200, 400);
    }

    [Fact]
    public async Task Nesting_Deep_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        var deep = string.Concat(Enumerable.Repeat("{\"left\":", 100_000));
        (await server.QueryAsync("Diff", deep)).Status.ShouldBe(400);
        (await server.QueryAsync("Series", string.Concat(Enumerable.Repeat("{\"x\":", 100_000)))).Status.ShouldBe(400);
        (await server.QueryAsync("Series", "{\"x\":" + new string('[', 100_000))).Status.ShouldBe(400);
        (await server.SendAsync(RpcRequests.Json(LiveServer.Push, "{\"series\":" + new string('[', 100_000)))).Status.ShouldBe(400);
        (await server.QueryAsync("Series", $$"""{"matchers":["{a=~\"{{new string('(', 20_000)}}{{new string(')', 20_000)}}\"}"],{{server.Range}}}""")).Status.ShouldBe(400);
        var groups = Enumerable.Repeat((byte)0x0b, 200_000).ToArray();   // protobuf groups within groups
        (await server.SendAsync(RpcRequests.Post("/querier.v1.QuerierService/Series", groups, "application/proto"))).Status.ShouldBe(400);
        (await server.PushAsync(groups)).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Tree_DeepAndWide_IsRefusedOrTaken()
    {
        await using var server = await LiveServer.StartAsync();
        var chain = Enumerable.Repeat(new byte[] { 1, (byte)'a', 0, 1 }, 500_000).SelectMany(b => b).ToArray();
        foreach (var format in new[] { "tree", "trie" })
            (await server.IngestAsync($"name=a.cpu&format={format}", chain)).Status.ShouldBeOneOf([200, 422], format);
        var folded = string.Join(';', Enumerable.Repeat("f", 1_000_000)) + " 1\n";
        (await server.IngestAsync("name=a.cpu&format=folded", folded)).Status.ShouldBeOneOf(200, 422);
        (await server.StacksAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds")).ShouldNotStartWith("5");
    }

    [Fact]
    public async Task Labels_HugeCountsAndSizes_AreRefusedInShortMessages()
    {
        await using var server = await LiveServer.StartAsync();
        var many = Enumerable.Range(0, 20_000).Select(i => ($"l{i}", "v")).Prepend(("__name__", "n")).ToArray();
        var pprof = Drawings.Pprof("a 1", "cpu:nanoseconds");
        var (status, body) = await server.PushAsync(pprof, many);
        (status, body.Length < 4096).ShouldBe((400, true));
        (status, body) = await server.PushAsync(pprof, ("__name__", "n"), ("a", new string('é', 3_000_000)));
        (status, body.Length < 4096).ShouldBe((400, true));
        // The same over gRPC, whose message is a trailer.
        using var http2 = new HttpClient { BaseAddress = server.Url };
        var request = RpcRequests.Framed(LiveServer.Push, RpcRequests.Frame(Google.Protobuf.MessageExtensions.ToByteArray(
            new Wire.Push.PushRequest { Series = { LiveServer.Series(pprof, ("__name__", "n"), ("a", new string('é', 300_000))) } })), "application/grpc");
        request.Version = new Version(2, 0);
        request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        using var response = await http2.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        response.TrailingHeaders.GetValues("grpc-status").Single().ShouldBe("3");
    }

    [Fact]
    public async Task Values_NearTheEnd_NeverWrapTotals()
    {
        await using var server = await LiveServer.StartAsync();
        foreach (var i in Enumerable.Range(0, 20))
            (await server.PushAsync(Drawings.Pprof($"a {1L << 56} {{n=x{i}}}", "cpu:nanoseconds"))).Status.ShouldBe(200);
        (await server.StacksAsync()).ShouldBe($"a {20 * (1L << 56)}");
        (await server.PushAsync(Drawings.Pprof($"a {(1L << 56) + 1}", "cpu:nanoseconds"))).Status.ShouldBe(400);
        (await server.PushAsync(Drawings.Pprof($"a {long.MinValue} | b -1 | c 5", "cpu:nanoseconds"))).Status.ShouldBe(200);
        (await server.StacksAsync()).ShouldBe($"a {20 * (1L << 56)} | c 5");
        server.Discarded(Kagari.Server.Ingest.DiscardReason.NegativeValues).ShouldBe(2);
    }

    [Fact]
    public async Task Selectors_OfAnEnormousLength_AreAnswered()
    {
        await using var server = await LiveServer.StartAsync();
        var selector = "{" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"l{i}!=\\\"v\\\"")) + "}";
        (await server.QueryAsync("Series", $$"""{"matchers":["{{selector}}"],{{server.Range}}}""")).Status.ShouldBeOneOf(200, 400);
        foreach (var method in new[] { "SelectSeries", "SelectHeatmap", "SelectMergeStacktraces" })
        {
            (await server.QueryAsync(method, $$"""{"profileTypeID":"{{LiveServer.CpuType}}","labelSelector":"{}","start":"{{long.MinValue}}","end":"{{long.MaxValue}}","step":0.001,"queryType":1}"""))
                .Status.ShouldBeOneOf([200, 400], method);
        }
        foreach (var query in new[] { "from=1&until=99999999999", "from=now-900y&until=now", "from=9999999999999999999&until=0", "from=0&until=0" })
            (await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/pyroscope/render?query={LiveServer.CpuType}{{}}&{query}"))).Status.ShouldBeOneOf([200, 400], query);
    }

    private static TenantLimits AnyTime { get; } = new() { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero };

    private static IEnumerable<string> RealProfiles() =>
        Directory.GetFiles(Repository.Shared("pprof"), "*.pb").Order(StringComparer.Ordinal).Where(f => new FileInfo(f).Length is > 500 and < 100_000);

    private static byte[] Plain(byte[] pprof) => pprof is [0x1f, 0x8b, ..] ? RpcRequests.Gunzip(pprof) : pprof;

    private static byte[] Mutate(byte[] bytes, Random random)
    {
        var mutated = bytes.ToList();
        for (var n = random.Next(1, 3); n > 0 && mutated.Count > 0; n--)
        {
            var at = random.Next(mutated.Count);
            switch (random.Next(5))
            {
                case 0: mutated[at] = (byte)random.Next(256); break;
                case 1: mutated[at] ^= (byte)(1 << random.Next(8)); break;
                case 2: mutated.RemoveRange(at, Math.Min(random.Next(1, 9), mutated.Count - at)); break;
                case 3: mutated.InsertRange(at, Enumerable.Repeat((byte)0xff, random.Next(1, 11))); break;
                default: mutated.InsertRange(at, mutated.GetRange(at, Math.Min(random.Next(1, 200), mutated.Count - at))); break;
            }
        }
        return [.. mutated];
    }

    private static byte[] Zeros(long count)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Optimal))
        {
            var block = new byte[1 << 20];
            for (; count > 0; count -= block.Length) gzip.Write(block);
        }
        return target.ToArray();
    }
}
