using Google.Protobuf;
using Kagari.Server.Rpc;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Google;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Querying;

/// <summary>All protocols and codecs reach the same methods and give the same answers.</summary>
public sealed class ProtocolParityTests
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    [Fact]
    public async Task EveryMethod_EveryProtocol_AnswersTheSame()
    {
        await using var server = await StartAsync();
        var (start, end) = (server.NowMillis - 3_600_000, server.NowMillis + 3_600_000);
        var stacks = new SelectMergeStacktracesRequest { ProfileTypeID = LiveServer.CpuType, LabelSelector = "{}", Start = start, End = end };
        await CompareAsync<ProfileTypesResponse>(server, "ProfileTypes", new ProfileTypesRequest { Start = start, End = end });
        await CompareAsync<LabelNamesResponse>(server, "LabelNames", new LabelNamesRequest { Start = start, End = end });
        await CompareAsync<LabelValuesResponse>(server, "LabelValues", new LabelValuesRequest { Name = "thread", Start = start, End = end });
        await CompareAsync<SeriesResponse>(server, "Series", new SeriesRequest { Start = start, End = end, LabelNames = { "service_name", "thread" } });
        await CompareAsync<SelectMergeStacktracesResponse>(server, "SelectMergeStacktraces", stacks);
        foreach (var format in new[] { ProfileFormat.Tree, ProfileFormat.Dot, ProfileFormat.Pprof })
            await CompareAsync<SelectMergeStacktracesResponse>(server, "SelectMergeStacktraces", new SelectMergeStacktracesRequest(stacks) { Format = format });
        await CompareAsync<SelectMergeSpanProfileResponse>(server, "SelectMergeSpanProfile", new SelectMergeSpanProfileRequest { ProfileTypeID = LiveServer.CpuType, LabelSelector = "{}", Start = start, End = end });
        await CompareAsync<Profile>(server, "SelectMergeProfile", new SelectMergeProfileRequest { ProfileTypeID = LiveServer.CpuType, LabelSelector = "{}", Start = start, End = end });
        await CompareAsync<SelectSeriesResponse>(server, "SelectSeries", new SelectSeriesRequest { ProfileTypeID = LiveServer.CpuType, LabelSelector = "{}", Start = start, End = end, Step = 15, GroupBy = { "thread" } });
        await CompareAsync<SelectHeatmapResponse>(server, "SelectHeatmap", new SelectHeatmapRequest { ProfileTypeID = LiveServer.CpuType, LabelSelector = "{}", Start = start, End = end, Step = 15, QueryType = HeatmapQueryType.Individual });
        await CompareAsync<DiffResponse>(server, "Diff", new DiffRequest { Left = stacks, Right = stacks });
        await CompareAsync<GetProfileStatsResponse>(server, "GetProfileStats", new GetProfileStatsRequest());
    }

    [Fact]
    public async Task Json_NamesOfEitherKindNullsAndUnknowns_AreUnderstood()
    {
        await using var server = await StartAsync();
        var camel = await server.QueryAsync("SelectMergeStacktraces", $$"""{"profileTypeID":"{{LiveServer.CpuType}}","labelSelector":"{}",{{server.Range}}}""");
        camel.Body.ShouldContain("\"total\":\"6\"");
        foreach (var extra in new[]
        {
            "\"max_nodes\":\"0\"", "\"maxNodes\":null", "\"format\":null", "\"format\":\"PROFILE_FORMAT_OF_TOMORROW\"", "\"format\":0", "\"format\":1,\"a\":{\"b\":[null]}",
            "\"stack_trace_selector\":{\"call_site\":[]}", "\"profileIdSelector\":null", "\"async\":null",
        })
        {
            var snake = $$"""{"profile_typeID":"{{LiveServer.CpuType}}","label_selector":"{}",{{server.Range}},{{extra}}}""";
            (await server.QueryAsync("SelectMergeStacktraces", snake)).ShouldBe(camel, extra);
        }
    }

    [Fact]
    public async Task Grpc_BadArguments_HaveTheSameCode()
    {
        await using var server = await StartAsync();
        using var response = await SendFramedAsync(server, "LabelValues", new LabelValuesRequest(), "application/grpc");
        response.TrailingHeaders.GetValues("grpc-status").Single().ShouldBe("3");
    }

    private static async Task<LiveServer> StartAsync()
    {
        var server = await LiveServer.StartAsync();
        (await server.PushAsync(Drawings.Pprof("a;b 1 {thread=x} | a;c 2 {thread=y} | d 3", "cpu:nanoseconds"))).Status.ShouldBe(200);
        return server;
    }

    private static async Task CompareAsync<T>(LiveServer server, string method, IMessage request)
        where T : IMessage<T>, new()
    {
        var path = $"/querier.v1.QuerierService/{method}";
        var parser = new MessageParser<T>(() => new T());
        using var proto = await server.Http.SendAsync(RpcRequests.Proto(path, request));
        var expected = parser.ParseFrom(await proto.Content.ReadAsByteArrayAsync());
        expected.CalculateSize().ShouldBeGreaterThan(0, $"{method} answers something");

        var (_, json) = await server.SendAsync(RpcRequests.Json(path, JsonFormatter.Default.Format(request)));
        Parser.Parse<T>(json).ShouldBe(expected, $"{method} as JSON");

        foreach (var type in new[] { "application/grpc", "application/grpc+proto", "application/grpc-web", "application/grpc-web+proto" })
        {
            using var framed = await SendFramedAsync(server, method, request, type);
            var body = await framed.Content.ReadAsByteArrayAsync();
            var length = (int)RpcFrame.ReadLength(body);
            parser.ParseFrom(body, RpcFrame.HeaderSize, length).ShouldBe(expected, $"{method} as {type}");
        }
    }

    private static async Task<HttpResponseMessage> SendFramedAsync(LiveServer server, string method, IMessage request, string type)
    {
        var framed = RpcRequests.Framed($"/querier.v1.QuerierService/{method}", RpcRequests.Frame(request.ToByteArray()), type);
        framed.Version = type.StartsWith("application/grpc-web", StringComparison.Ordinal) ? new Version(1, 1) : new Version(2, 0);
        framed.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
        var response = await server.Http.SendAsync(framed);
        await response.Content.LoadIntoBufferAsync();
        return response;
    }
}
