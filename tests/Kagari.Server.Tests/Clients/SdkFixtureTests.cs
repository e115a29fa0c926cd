using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Kagari.Profiles;
using Kagari.Testing;
using Kagari.Wire.Push;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Clients;

/// <summary>
/// Requests of SDKs that cannot be installed here, byte for byte as their sources build them: request line, headers in their
/// order, and bodies; profiles in them are ours.
/// </summary>
public sealed class SdkFixtureTests
{
    private const string Cpu = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", Push = "/push.v1.PusherService/Push";

    /// <summary>Go: multipart with CRLF, a boundary of Go's length, nanoseconds, sorted parameters.</summary>
    [Fact]
    public async Task Go_Cpu()
    {
        await using var server = await ClientServer.StartAsync();
        var pprof = Gzip(Pprof("main 1,20", 1_756_000_010));
        const string Boundary = "3fd5a9ecdbbbe9a3f9d0ce4f9c5b06b2c64b27fdc6b5bb8e4a6b9f0a1b2c";
        var body = Form(Boundary, ("Content-Disposition: form-data; name=\"profile\"; filename=\"profile.pprof\"\r\nContent-Type: application/octet-stream", pprof));
        await SendAsync(server, 200, $"""
            POST /ingest?aggregationType=sum&from=1756000000000000000&name=my.app%7B__session_id__%3D1f2e3d4c5b6a7988%2Cotel.scope.name%3Dcom.grafana.pyroscope%2Fgo%2Cregion%3Deu%7D&sampleRate=100&spyName=gospy&units=samples&until=1756000015000000000 HTTP/1.1
            Host: {server.Authority}
            User-Agent: Go-http-client/1.1
            Content-Length: {body.Length}
            Content-Type: multipart/form-data; boundary={Boundary}
            Accept-Encoding: gzip
            """, body);
        await ShouldHaveAsync(server, "process_cpu:cpu:nanoseconds:cpu:nanoseconds", """{service_name="my.app",region="eu",pyroscope_spy="gospy","otel.scope.name"="com.grafana.pyroscope/go",__session_id__=""}""", 20);
        await ShouldHaveAsync(server, "process_cpu:samples:count:cpu:nanoseconds", """{service_name="my.app"}""", 1);
    }

    /// <summary>Java: OkHttp's form with lengths on parts; both parts are gzip without a header that says so.</summary>
    [Fact]
    public async Task Java_Jfr()
    {
        await using var server = await ClientServer.StartAsync();
        var jfr = Gzip(new JfrDrawing().Setting("event", "itimer").Event("jdk.ExecutionSample", "p/A.a;p/A.b", ("contextId", 7), ("spanId", 0), ("spanName", 0)).ToArray());
        var labels = Gzip(LabelsSnapshotDrawing.Of([], (7, [("region", "eu")])));
        const string Boundary = "b6a5b5d2-4f52-4b7e-9f1b-0c9f0c2d3a11";
        var body = Form(Boundary,
            ($"Content-Disposition: form-data; name=\"jfr\"; filename=\"jfr\"\r\nContent-Type: application/octet-stream\r\nContent-Length: {jfr.Length}", jfr),
            ($"Content-Disposition: form-data; name=\"labels\"; filename=\"labels\"\r\nContent-Type: application/x-protobuf\r\nContent-Length: {labels.Length}", labels));
        await SendAsync(server, 200, $"""
            POST /ingest?name=svc%7Benv%3Dprod%7D&units=samples&aggregationType=sum&sampleRate=100&from=1756000000&until=1756000010&spyName=javaspy&format=jfr HTTP/1.1
            Content-Type: multipart/form-data; boundary={Boundary}
            Content-Length: {body.Length}
            Host: {server.Authority}
            Connection: Keep-Alive
            Accept-Encoding: gzip
            User-Agent: okhttp/4.12.0
            """, body);
        await ShouldHaveAsync(server, Cpu, """{service_name="svc",env="prod",region="eu",pyroscope_spy="javaspy"}""", 10_000_000);
    }

    /// <summary>Java without TLS buffering sends chunks; a gateway may also.</summary>
    [Fact]
    public async Task Java_Jfr_InChunks()
    {
        await using var server = await ClientServer.StartAsync();
        var jfr = new JfrDrawing().Setting("event", "itimer").Event("jdk.ExecutionSample", "p/A.a", ("contextId", 0), ("spanId", 0), ("spanName", 0)).ToArray();
        var chunked = new List<byte>();
        foreach (var chunk in jfr.Chunk(1000)) chunked.AddRange([.. Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"), .. chunk, .. "\r\n"u8]);
        await SendAsync(server, 200, $"""
            POST /ingest?name=svc&from=1756000000&until=1756000010&spyName=javaspy&format=jfr HTTP/1.1
            Host: {server.Authority}
            Content-Type: application/octet-stream
            Transfer-Encoding: chunked
            """, [.. chunked, .. "0\r\n\r\n"u8]);
        await ShouldHaveAsync(server, Cpu, """{service_name="svc"}""", 10_000_000);
    }

    /// <summary>Node of older versions: a form by axios, one part.</summary>
    [Fact]
    public async Task Node_Form()
    {
        await using var server = await ClientServer.StartAsync();
        var profile = Drawings.Profile("main 2,30", "samples:count", "wall:nanoseconds");
        var pprof = Gzip(Bytes(profile, 1_756_000_030, ("wall", "nanoseconds")));
        const string Boundary = "--------------------------515890814546601021194782";
        var body = Form(Boundary, ("Content-Disposition: form-data; name=\"profile\"; filename=\"profile\"\r\nContent-Type: text/json", pprof));
        await SendAsync(server, 200, $"""
            POST /ingest?from=1756000000&name=web%7B%7D&sampleRate=17&spyName=nodespy&until=1756000060 HTTP/1.1
            Accept: application/json, text/plain, */*
            Content-Type: multipart/form-data; boundary={Boundary}
            User-Agent: axios/0.28.0
            Content-Length: {body.Length}
            Host: {server.Authority}
            Connection: close
            """, body);
        await ShouldHaveAsync(server, "wall:wall:nanoseconds:wall:nanoseconds", """{service_name="web",pyroscope_spy="nodespy"}""", 30);
    }

    /// <summary>Python, Ruby and Rust before 1.0: the bare profile, in a content type of its own, with a time in 1970.</summary>
    [Theory]
    [InlineData("pyspy", false)]
    [InlineData("rbspy", true)]
    public async Task Legacy_Pprof(string spy, bool gzip)
    {
        await using var server = await ClientServer.StartAsync();
        var plain = Pprof("work.run 1,5", 1_756);
        var body = gzip ? Gzip(plain) : plain;
        await SendAsync(server, 200, $"""
            POST /ingest?name=app&from=1756000000&until=1756000010&format=pprof&sampleRate=100&spyName={spy} HTTP/1.1
            content-type: binary/octet-stream{(gzip ? "\ncontent-encoding: gzip" : "")}
            authorization: Basic dXNlcjpwYXNz
            x-scope-orgid: ignored
            accept: */*
            host: {server.Authority}
            content-length: {body.Length}
            """, body);
        await ShouldHaveAsync(server, Cpu, $$"""{service_name="app",pyroscope_spy="{{spy}}"}""", 5);
        // The time is that of the request, not 1970.
        (await server.RenderAsync(Cpu, "{}", "1756000000", "1756000001")).GetProperty("numTicks").GetInt64().ShouldBe(5);
    }

    /// <summary>Python, Ruby and Rust since 1.0: gzip over the message, a plain profile in it, no header of Connect's.</summary>
    [Fact]
    public async Task RustFamily_Push()
    {
        await using var server = await ClientServer.StartAsync();
        var body = Gzip(Message("e7b8a6e2-5a3e-4f5e-9f6e-1c2d3e4f5a6b", Pprof("app.main 1,7", 1_756_000_010), ("__name__", "process_cpu"), ("service_name", "app"), ("otel.scope.name", "com.grafana.pyroscope/python")));
        var (head, answer) = await SendAsync(server, 200, $"""
            POST {Push} HTTP/1.1
            user-agent: pyroscope-rs/pyspy/1.0.2 reqwest
            content-type: application/proto
            content-encoding: gzip
            x-scope-orgid: t1
            accept: */*
            host: {server.Authority}
            content-length: {body.Length}
            """, body);
        head.ShouldContain("Content-Type: application/proto");
        answer.ShouldBeEmpty();
        await ShouldHaveAsync(server, Cpu, """{service_name="app","otel.scope.name"="com.grafana.pyroscope/python"}""", 7);
    }

    /// <summary>The same without a sample: sent whenever nothing ran.</summary>
    [Fact]
    public async Task RustFamily_PushOfAnEmptyProfile()
    {
        await using var server = await ClientServer.StartAsync();
        var body = Gzip(Message("e7b8a6e2-5a3e-4f5e-9f6e-1c2d3e4f5a6b", Pprof("", 1_756_000_010), ("__name__", "process_cpu"), ("service_name", "app")));
        await SendAsync(server, 200, $"""
            POST {Push} HTTP/1.1
            content-type: application/proto
            content-encoding: gzip
            accept: */*
            host: {server.Authority}
            content-length: {body.Length}
            """, body);
    }

    /// <summary>.NET since 0.14: nothing is compressed, the id is empty, the spy is a label of its own name.</summary>
    [Fact]
    public async Task Dotnet_Push()
    {
        await using var server = await ClientServer.StartAsync();
        var pprof = Bytes(Drawings.Profile("Program.Main 3", "lock_count:count"), 1_756_000_010, ("cpu", "nanoseconds"));
        var body = Message("", pprof, ("__name__", "lock"), ("service_name", "shop"), ("spy_name", "dotnetspy"));
        await SendAsync(server, 200, $"""
            POST {Push} HTTP/1.1
            Host: {server.Authority}
            Accept: */*
            User-Agent: pyroscope-dotnet/0.14.0 cpp-httplib
            Content-Type: application/proto
            Content-Length: {body.Length}
            Connection: close
            """, body);
        await ShouldHaveAsync(server, "lock:lock_count:count:cpu:nanoseconds", """{service_name="shop",spy_name="dotnetspy"}""", 3);
    }

    /// <summary>What Alloy passes on: the content type and nothing else, so that gzip has lost its header.</summary>
    [Fact]
    public async Task Alloy_Passthrough_OfAGzipBody()
    {
        await using var server = await ClientServer.StartAsync();
        var body = Gzip(Encoding.UTF8.GetBytes("main;work 3\n"));
        await SendAsync(server, 200, $"""
            POST /ingest?name=app.cpu%7Bpod%3Da%7D&from=1756000000&until=1756000010&sampleRate=1000000000&spyName=ebpfspy HTTP/1.1
            Host: {server.Authority}
            User-Agent: Alloy/v1.9.0
            Content-Type: binary/octet-stream
            Content-Length: {body.Length}
            """, body);
        await ShouldHaveAsync(server, Cpu, """{service_name="app",pod="a",pyroscope_spy="ebpfspy"}""", 3);
    }

    private static async Task<(string Head, byte[] Body)> SendAsync(ClientServer server, int expected, string head, byte[] body)
    {
        var request = Encoding.Latin1.GetBytes(head.ReplaceLineEndings("\r\n") + "\r\n\r\n");
        var (status, answerHead, answerBody) = await RawExchange.SendAsync(new Uri(server.Url), [.. request, .. body]);
        status.ShouldBe(expected, answerHead + Encoding.UTF8.GetString(answerBody));
        return (answerHead, answerBody);
    }

    private static async Task ShouldHaveAsync(ClientServer server, string type, string selector, long total) =>
        (await server.StacksByProtoAsync(type, selector)).Total.ShouldBe(total, $"{type}{selector}; there is {string.Join(' ', await server.ProfileTypesAsync())}");

    /// <summary>A CPU profile with a count and nanoseconds per sample; one value is the time.</summary>
    private static byte[] Pprof(string drawing, long seconds) => Bytes(Drawings.Profile(drawing, "samples:count", "cpu:nanoseconds"), seconds, ("cpu", "nanoseconds"));

    private static byte[] Bytes(FlatProfile profile, long seconds, (string Type, string Unit) period)
    {
        profile.TimeNanos = seconds * 1_000_000_000;
        profile.PeriodType = new Kagari.Profiles.ValueType(profile.AddString(period.Type), profile.AddString(period.Unit));
        profile.Period = 10_000_000;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] Message(string id, byte[] pprof, params (string Name, string Value)[] labels)
    {
        var series = new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFrom(pprof), ID = id } } };
        series.Labels.AddRange(labels.Select(l => new LabelPair { Name = l.Name, Value = l.Value }));
        return new PushRequest { Series = { series } }.ToByteArray();
    }

    private static byte[] Form(string boundary, params (string Head, byte[] Content)[] parts)
    {
        var body = new List<byte>();
        foreach (var (head, content) in parts) body.AddRange([.. Encoding.ASCII.GetBytes($"--{boundary}\r\n{head}\r\n\r\n"), .. content, .. "\r\n"u8]);
        return [.. body, .. Encoding.ASCII.GetBytes($"--{boundary}--\r\n")];
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return output.ToArray();
    }
}
