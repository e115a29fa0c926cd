using System.IO.Compression;
using Kagari.Server.Ingest;
using Kagari.Server.Limits;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>JFR at <c>/ingest</c>: forms and bodies, labels, statuses, and what is stored after them.</summary>
public sealed class IngestJfrTests
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";
    private const string Malloc = "memory:malloc_bytes:bytes::";
    private const string Sample = "jdk.ExecutionSample";
    private const string Query = "name=app&format=jfr&spyName=javaspy";

    private static readonly byte[] Recording = new JfrDrawing().Setting("event", "itimer")
        .Event(Sample, "p/A.a;p/A.b", ("contextId", 7), ("spanId", 0x0102030405060708), ("spanName", 1))
        .Event(Sample, "p/A.a", ("contextId", 0), ("spanId", 0), ("spanName", 0)).ToArray();

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Post_FormOrBodyGzipOrNot_IsStored(bool form, bool gzip)
    {
        await using var server = await LiveServer.StartAsync();
        var recording = gzip ? Gzip(Recording) : Recording;
        (form ? await server.IngestFormAsync(Query, ("jfr", recording)) : await server.IngestAsync(Query, recording)).ShouldBe((200, ""));
        (await server.StacksAsync(Cpu, "{service_name=\"app\",jfr_event=\"itimer\",pyroscope_spy=\"javaspy\"}")).ShouldBe("p/A.a 10000000 | p/A.a;p/A.b 10000000");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_WithLabels_SplitsSamplesAndKeepsSpans(bool gzip)
    {
        await using var server = await LiveServer.StartAsync();
        var labels = LabelsSnapshotDrawing.Of(["GET /cart"], (7, [("region", "eu")]));
        (await server.IngestFormAsync(Query, ("jfr", Recording), ("labels", gzip ? Gzip(labels) : labels))).ShouldBe((200, ""));
        (await server.StacksAsync(Cpu, "{region=\"eu\"}")).ShouldBe("p/A.a;p/A.b 10000000");
        (await server.StacksAsync(Cpu, "{region=\"eu\",span_name=\"GET /cart\"}")).ShouldBe("p/A.a;p/A.b 10000000");
        (await server.StacksAsync(Cpu, "{region=\"\"}")).ShouldBe("p/A.a 10000000");

        var (_, body) = await server.QueryAsync("SelectMergeStacktraces", $$"""{"profileTypeID":"{{Cpu}}","labelSelector":"{}",{{server.Range}},"spanSelector":["0102030405060708"]}""");
        body.ShouldContain("\"total\":\"10000000\"");
        body.ShouldContain("p/A.b");
    }

    [Fact]
    public async Task Post_NameWithServiceLabel_KeepsTheAppName()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync("name=app{service_name=shop,env=t}&format=jfr", Recording)).ShouldBe((200, ""));
        (await server.StacksAsync(Cpu, "{service_name=\"shop\",app_name=\"app\",env=\"t\"}")).ShouldBe("p/A.a 10000000 | p/A.a;p/A.b 10000000");
    }

    [Theory]
    [InlineData("1000", "1000000")]
    [InlineData("0", "10000000")]
    [InlineData("none", "10000000")]
    public async Task Post_SampleRate_ScalesTime(string rate, string value)
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync($"{Query}&sampleRate={rate}", Recording)).ShouldBe((200, ""));
        (await server.StacksAsync(Cpu)).ShouldBe($"p/A.a {value} | p/A.a;p/A.b {value}");
    }

    [Fact]
    public async Task Post_TheSameAgain_IsCountedOnce()
    {
        await using var server = await LiveServer.StartAsync();
        var query = $"{Query}&from={server.NowSeconds - 10}&until={server.NowSeconds}";
        for (var i = 0; i < 3; i++) (await server.IngestAsync(query, Recording)).ShouldBe((200, ""));
        (await server.StacksAsync(Cpu)).ShouldBe("p/A.a 10000000 | p/A.a;p/A.b 10000000");
    }

    [Fact]
    public async Task Post_RecordingWithoutSamples_IsTaken()
    {
        await using var server = await LiveServer.StartAsync();
        (await server.IngestAsync(Query, new JfrDrawing().Setting("event", "cpu").ToArray())).ShouldBe((200, ""));
        (await server.ValuesAsync("service_name")).ShouldBe("");
    }

    [Fact]
    public async Task Post_WhatIsNoRecording_Is422WithTheReason()
    {
        await using var server = await LiveServer.StartAsync();
        await RefuseAsync(server, server.IngestAsync(Query, []), "jfr: the recording is empty");
        await RefuseAsync(server, server.IngestAsync(Query, Recording[..^1]), "says that it has");
        await RefuseAsync(server, server.IngestAsync(Query, Gzip(Recording)[..^12]), "jfr: gzip: the data ends in the middle of a member");
        await RefuseAsync(server, server.IngestFormAsync(Query, ("profile", Recording)), "the form has no part 'jfr'");
        await RefuseAsync(server, server.IngestFormAsync(Query, ("jfr", Recording), ("labels", [0x0a, 0x7f])), "labels: truncated or malformed");
        await RefuseAsync(server, server.IngestFormAsync(Query, ("jfr", Recording), ("labels", Gzip([1, 2, 3])[..^9])), "labels: gzip: ");
        await RefuseAsync(server, server.IngestAsync(Query, Recording, "multipart/form-data"), "names no boundary");
        await RefuseAsync(server, server.IngestAsync(Query, Recording, "multipart/form-data; boundary=x"), "ends early or is malformed");
        (await server.ValuesAsync("service_name")).ShouldBe("");
    }

    [Fact]
    public async Task Post_PartBeyondTheSizeLimit_Is422WithTheLimit()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxProfileSizeBytes = 100_000 });
        byte[] bomb = [.. Recording, .. new byte[1_000_000]];
        await RefuseAsync(server, server.IngestAsync(Query, bomb), "(max_profile_size_bytes, limit: 100000)", DiscardReason.ProfileSizeLimit);
        await RefuseAsync(server, server.IngestAsync(Query, Gzip(bomb)), "(max_profile_size_bytes, limit: 100000)", DiscardReason.ProfileSizeLimit);
        await RefuseAsync(server, server.IngestFormAsync(Query, ("jfr", Recording), ("labels", Gzip(bomb))), "labels: ", DiscardReason.ProfileSizeLimit);
    }

    [Fact]
    public async Task Post_MoreSamplesOrLabelsThanAllowed_NamesTheLimit()
    {
        await using var server = await LiveServer.StartAsync(new TenantLimits { MaxProfileStacktraceSamples = 1, MaxProfileStacktraceSampleLabels = 1 });
        await RefuseAsync(server, server.IngestAsync(Query, Recording), "has more than the limit of 1 different samples of kind Cpu", DiscardReason.SamplesLimit);
        var labels = LabelsSnapshotDrawing.Of([], (7, [("a", "1"), ("b", "2")]));
        await RefuseAsync(server, server.IngestFormAsync(Query, ("jfr", Recording), ("labels", labels)), "has a context with 2 labels; the limit is 1", DiscardReason.SampleLabelsLimit);
    }

    [Fact]
    public async Task Post_BeyondTheRate_Is429AndCountsTheRecordingOnce()
    {
        // The burst is what four recordings take, whatever number of profiles is in them.
        var four = new JfrDrawing().Event(Sample, "p/A.a").Event("profiler.Malloc", "p/A.a", ("size", 1)).Event("profiler.LiveObject", "p/A.a").ToArray();
        await using var server = await LiveServer.StartAsync(new TenantLimits { IngestionRateMb = 1e-6, IngestionBurstSizeMb = 4.5 * four.Length / (1 << 20) });
        for (var i = 0; i < 4; i++) (await server.IngestAsync(Query, four)).ShouldBe((200, ""));
        (await server.IngestAsync(Query, four)).Status.ShouldBe(429);
    }

    [Fact]
    public async Task Post_OneOfSeveralProfilesRefused_Is422AndTheOthersAreStored()
    {
        await using var server = await LiveServer.StartAsync();
        var recording = new JfrDrawing().Event("jdk.ObjectAllocationSample", "p/A.a", ("weight", 1L << 57)).Event(Sample, "p/A.a").Event("profiler.Malloc", "p/A.a", ("size", 9)).ToArray();
        await RefuseAsync(server, server.IngestAsync(Query, recording), "the values of sample type 'alloc_sample_bytes' sum to more than");
        (await server.StacksAsync(Cpu)).ShouldBe("p/A.a 10000000");
        (await server.StacksAsync(Malloc)).ShouldBe("p/A.a 9");
    }

    private static async Task RefuseAsync(LiveServer server, Task<(int Status, string Body)> answer, string message, string reason = DiscardReason.MalformedProfile)
    {
        var (status, body) = await answer;
        status.ShouldBe(422, body);
        body.ShouldContain(message);
        server.Discarded(reason).ShouldBeGreaterThan(0);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest)) gzip.Write(bytes);
        return output.ToArray();
    }
}
