using System.Text;
using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Statuses and messages of <c>/ingest</c> (wire reference §3.2), and what is stored after them.</summary>
public sealed class IngestStatusTests
{
    private static readonly byte[] Pprof = Drawings.Pprof("a;b 1 | a;c 2", "cpu:nanoseconds");

    [Theory]
    [InlineData("name=app", 200, "")]
    [InlineData("name=%20app%20", 200, "")]
    [InlineData("name=a.b-c/d_e.cpu", 200, "")]
    [InlineData("name=app{a=b}", 200, "")]
    [InlineData("name=app{a=b,c=d}&format=folded", 200, "")]
    [InlineData("name=app{a=\"b\"}", 200, "")]
    [InlineData("name=app{}", 200, "")]
    [InlineData("name=app{a=", 200, "")]
    [InlineData("name=app{profile_id=x}", 200, "")]
    [InlineData("name=app&sampleRate=none&from=soon&until=later", 200, "")]
    [InlineData("", 400, "name: ")]
    [InlineData("name=", 400, "name: ")]
    [InlineData("name={a=b}", 400, "name: ")]
    [InlineData("name=a%20b", 400, "character is not allowed: ' '")]
    [InlineData("name=app{a%2bb=c}", 400, "character is not allowed: '+'")]
    [InlineData("name=app{=c}", 400, "its key is empty")]
    [InlineData("name=app{__name__=c}", 400, "'__name__' is reserved")]
    [InlineData("name=my.service", 400, "unknown profile type: service")]
    [InlineData("name=app&format=jfr", 422, "jfr: the bytes at 0 are no chunk")]
    [InlineData("name=app&format=speedscope", 422, "speedscope: ")]
    [InlineData("name=app&format=pprof", 422, "")]
    [InlineData("name=app&format=tree", 422, "")]
    [InlineData("name=app&format=trie", 422, "")]
    public async Task Text_OfEachName_AnswersItsStatus(string query, int expected, string message)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, body) = await server.IngestAsync(query, "a;b 1\na;c 2\n");
        status.ShouldBe(expected, body);
        if (expected == 200) body.ShouldBe("");
        else body.ShouldContain(message);
    }

    [Theory]
    [InlineData("txt.cpu", "", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "a;b 10000000 | a;c 20000000")]
    [InlineData("txt.itimer", "&sampleRate=50", "process_cpu:cpu:nanoseconds:cpu:nanoseconds", "a;b 20000000 | a;c 40000000")]
    [InlineData("txt.wall", "&sampleRate=1000", "wall:wall:nanoseconds:cpu:nanoseconds", "a;b 1000000 | a;c 2000000")]
    [InlineData("txt.wall", "&sampleRate=0", "wall:samples:count::", "a;b 1 | a;c 2")]
    [InlineData("txt.wall", "&sampleRate=-5", "wall:wall:nanoseconds:cpu:nanoseconds", "a;b 10000000 | a;c 20000000")]
    [InlineData("txt.inuse_space", "&sampleRate=50", "memory:inuse_space:bytes::", "a;b 1 | a;c 2")]
    [InlineData("txt.alloc_objects", "", "memory:alloc_objects:count::", "a;b 1 | a;c 2")]
    [InlineData("txt.goroutines", "", "goroutine:goroutines:count::", "a;b 1 | a;c 2")]
    [InlineData("txt.mutex_duration", "", "mutex:delay:nanoseconds::", "a;b 1 | a;c 2")]
    [InlineData("txt.lock_count", "", "block:contentions:count::", "a;b 1 | a;c 2")]
    [InlineData("txt.exceptions", "", "exceptions:samples:count::", "a;b 1 | a;c 2")]
    [InlineData("txt.bytes", "", "memory:samples:bytes::", "a;b 1 | a;c 2")]
    public async Task Folded_OfEachSuffix_IsStoredUnderItsType(string name, string more, string type, string drawing)
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync($"name={name}{{k=v,service_name=s}}{more}", "a;b 1\nno-space\na;c 2\n")).ShouldBe((200, ""));
        (await server.StacksAsync(type, "{service_name=\"s\",app_name=\"txt\",k=\"v\",pyroscope_spy=\"unknown\"}")).ShouldBe(drawing);
        (await server.ValuesAsync("__profile_type__")).ShouldBe(type);
    }

    [Fact]
    public async Task Lines_RepeatedStacks_AreCounted()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync("name=l.alloc_objects&format=lines", "a;b\na;b\na\n")).Status.ShouldBe(200);
        (await server.StacksAsync("memory:alloc_objects:count::")).ShouldBe("a 1 | a;b 2");
    }

    [Fact]
    public async Task Form_OfEachShape_AnswersItsStatus()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestFormAsync("name=app", ("profile", Pprof))).ShouldBe((200, ""));
        (await server.IngestFormAsync("name=app", ("profile", []))).ShouldBe((200, ""));
        (await server.IngestFormAsync("name=app", ("other", [1]))).ShouldBe((200, ""));
        var (status, body) = await server.IngestFormAsync("name=app", ("profile", Pprof), ("prev_profile", Pprof));
        status.ShouldBe(422);
        body.ShouldContain("unsupported client version. Please update github.com/grafana/pyroscope-go to the latest version");
        foreach (var config in new[] { "{", "[]", "{\"cpu\":1}", "{\"a\":{\"b\":{\"c\":{\"d\":{\"e\":{\"f\":{\"g\":{\"h\":{}}}}}}}}}" })
            (await server.IngestFormAsync("name=app", ("profile", Pprof), ("sample_type_config", Encoding.UTF8.GetBytes(config)))).Status.ShouldBe(422, config);
        (await server.IngestFormAsync("name=app", ("profile", Encoding.UTF8.GetBytes("hello")))).Status.ShouldBe(422);
        (await server.IngestAsync("name=app", "hello"u8.ToArray(), "multipart/form-data")).Status.ShouldBe(422, "no boundary");
        (await server.IngestAsync("name=app", "hello"u8.ToArray(), "multipart/form-data; boundary=x")).Status.ShouldBe(422, "no part");
        (await server.StacksAsync()).ShouldBe("a;b 1 | a;c 2");
    }

    [Fact]
    public async Task Pprof_TypeConfig_ChoosesTheFamily()
    {
        await using var server = await LiveServer.StartAsync();
        var config = """{"contentions":{"display-name":"block_count"},"delay":{"display-name":"block_duration"}}"""u8.ToArray();
        var pprof = Drawings.Pprof("a 1,2", "contentions:count", "delay:nanoseconds");
        (await server.IngestFormAsync("name=app", ("profile", pprof), ("sample_type_config", config))).Status.ShouldBe(200);
        (await server.IngestAsync("name=app&format=pprof", pprof)).Status.ShouldBe(200);
        (await server.ValuesAsync("__name__")).ShouldBe("block mutex");
    }

    [Fact]
    public async Task Body_OverTheLimit_Is413WithTheSetting()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionBodyLimitMb = 0.001, MaxProfileSizeBytes = 500 });
        var (status, body) = await server.IngestAsync("name=app", new string('a', 2000));
        status.ShouldBe(413);
        body.ShouldContain("2000 bytes; the limit is 1048 (setting ingestion_body_limit_mb)");
        body.ShouldContain("\"code\":\"invalid_argument\"");
        // Without a length the bytes are counted as they come.
        (await server.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/ingest?name=app")
        {
            Content = new StreamContent(new MemoryStream(new byte[2000])),
            Headers = { TransferEncodingChunked = true },
        })).Status.ShouldBe(413);
        foreach (var query in new[] { "name=app&format=pprof", "name=app&format=groups" })
        {
            (status, body) = await server.IngestAsync(query, RpcRequests.Gzip(new byte[600]));
            status.ShouldBe(422, query);
            body.ShouldContain("(max_profile_size_bytes, limit: 500)");
        }
        server.Discarded(DiscardReason.ProfileSizeLimit).ShouldBe(2);
        (await server.PushAsync(RpcRequests.Gzip(new byte[600]))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task Text_ScaledBeyond64Bits_IsRefused()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync("name=app.cpu&sampleRate=1", $"a {long.MaxValue / 1000}\n")).Status.ShouldBe(400);
        server.Discarded(DiscardReason.MalformedProfile).ShouldBe(1);
        (await server.StacksAsync("process_cpu:cpu:nanoseconds:cpu:nanoseconds")).ShouldBe("");
    }

    [Fact]
    public async Task RateLimit_Exceeded_Is429ForEveryFormat()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionRateMb = 0.00001, IngestionBurstSizeMb = 0.00001 });
        foreach (var query in new[] { "name=app&format=pprof", "name=app&format=folded" })
        {
            var (status, body) = await server.IngestAsync(query, query.EndsWith("pprof", StringComparison.Ordinal) ? Pprof : "a;b 1\na;c 2\na;d 3\n"u8.ToArray());
            status.ShouldBe(429, body);
            body.ShouldContain("push rate limit (0.0 MiB) exceeded");
            body.ShouldContain("\"code\":\"resource_exhausted\"");
        }
        (await server.PushAsync(Pprof)).Status.ShouldBe(429);
        server.Discarded(DiscardReason.RateLimited).ShouldBe(3);
    }

    [Fact]
    public async Task Labels_BadOnes_Are422()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxLabelNamesPerSeries = 6, MaxLabelNameLength = 16, MaxLabelValueLength = 16 });
        foreach (var (labels, message) in new[]
        {
            ("{a=1,b=2,c=3,d=4}", "label names; limit 6"),
            ("{aaaaaaaaaaaaaaaaa=1}", "label name too long: 'aaaaaaaaaaaaaaaaa'"),
            ("{a=11111111111111111}", "label value too long: '11111111111111111'"),
        })
        {
            var (status, body) = await server.IngestAsync($"name=app{labels}&format=pprof", Pprof);
            (status, body.Contains(message)).ShouldBe((422, true), body);
            (await server.IngestAsync($"name=app{labels}&format=folded", "a 1\n")).Status.ShouldBe(400);
        }
        foreach (var reason in new[] { DiscardReason.MaxLabelNamesPerSeries, DiscardReason.LabelNameTooLong, DiscardReason.LabelValueTooLong })
            server.Discarded(reason).ShouldBe(2, reason);
    }

    [Theory]
    [InlineData("99999999999")]
    [InlineData("9999999999999999999")]
    [InlineData("now%2B1000y")]
    [InlineData("now%2B100000000000000000000y")]
    public async Task From_FarInTheFuture_NeverWrapsIntoTheWindow(string from)
    {
        await using var server = await LiveServer.StartAsync();
        var (status, _) = await server.IngestAsync($"name=app&from={from}", "a 1\n");
        status.ShouldBeOneOf(200, 400);
        if (status == 400) server.Discarded(DiscardReason.NotInIngestionWindow).ShouldBe(1);
    }
}
