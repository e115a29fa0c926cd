using System.Text.Json;
using Kagari.Server.Hosting;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using ManualTime = Kagari.Testing.ManualTime;

namespace Kagari.Server.Tests.Debuginfo;

/// <summary>The states of an upload, with the reasons that agents log.</summary>
public sealed class DebuginfoServiceTests
{
    private const string Service = "/debuginfo.v1alpha1.DebuginfoService/", Id = "b0b1C0FFEE";

    private static readonly byte[] Elf = [0x7f, (byte)'E', (byte)'L', (byte)'F', 1, 2, 3];

    [Fact]
    public async Task Upload_FromOfferToEnd_PassesItsStates()
    {
        await using var server = await OpenAsync();
        (await server.OfferAsync(Id)).ShouldBe("True First time we see this Build ID, therefore please upload!");
        (await server.OfferAsync(Id)).ShouldBe("False A previous upload is still in-progress and not stale yet (only stale uploads can be retried).");
        server.Time.Now += TimeSpan.FromMinutes(8);
        (await server.OfferAsync(Id)).ShouldBe("True A previous upload was started but not finished and is now stale, so it can be retried.");
        (await server.FinishAsync(Id)).ShouldContain("failed_precondition");
        (await server.UploadAsync(Id, Elf)).ShouldBe("200 ");
        (await server.ListAsync()).TryGetProperty("state", out _).ShouldBeFalse("STATE_UPLOADING is the default, which JSON leaves out");
        (await server.FinishAsync(Id.ToLowerInvariant())).ShouldBe("200 {}");
        (await server.OfferAsync(Id)).ShouldBe("False Debuginfo already exists and is not marked as invalid, therefore no new upload is needed.");
        (await server.UploadAsync(Id, Elf)).ShouldBe("412 no pending upload for this build ID");
        var listed = await server.ListAsync();
        listed.GetProperty("state").GetString().ShouldBe("STATE_UPLOADED");
        listed.GetProperty("sizeBytes").GetString().ShouldBe("7");
        listed.GetProperty("file").GetProperty("gnuBuildId").GetString().ShouldBe(Id.ToLowerInvariant());
        (await server.CallAsync("DeleteDebuginfo", $$"""{"gnuBuildId":"{{Id}}"}""")).ShouldBe("200 {}");
        (await server.CallAsync("ListDebuginfo", "{}")).ShouldBe("200 {}");
        (await server.OfferAsync(Id)).ShouldStartWith("True First");
    }

    [Fact]
    public async Task Wrong_IsNamed()
    {
        await using var server = await OpenAsync();
        (await server.OfferAsync("")).ShouldBe("False Empty GNU build ID, therefore no upload is needed.");
        (await server.OfferAsync("xyz")).ShouldContain("gnu_build_id is 'xyz'; expected ^[a-fA-F0-9]{2,40}$");
        (await server.FinishAsync(Id)).ShouldContain("not_found");
        (await server.UploadAsync("zz", Elf)).ShouldStartWith("400 gnu_build_id is 'zz'");
        (await server.UploadAsync(Id, Elf)).ShouldStartWith("412");
        await server.OfferAsync(Id);
        (await server.UploadAsync(Id, "no elf"u8.ToArray())).ShouldStartWith("400 the body is no ELF file");
        (await server.UploadAsync(Id, [])).ShouldStartWith("400 the body is empty");
        (await server.UploadAsync(Id, [.. Elf, .. new byte[2000]])).ShouldBe("413 the file has more than 1000 bytes (setting debug_info.max_upload_size)");
        (await server.FinishAsync(Id)).ShouldContain("failed_precondition", customMessage: "nothing of what was refused is there");
    }

    /// <summary>Whoever began first and ends last does not change what is finished.</summary>
    [Fact]
    public async Task Upload_ThatEndsAfterAnotherIsFinished_ChangesNothing()
    {
        await using var server = await OpenAsync();
        await server.OfferAsync(Id);
        var slow = new SlowBody(Elf);
        var first = server.UploadAsync(Id, slow);
        await slow.Begun;
        (await server.UploadAsync(Id, [.. Elf, 9])).ShouldBe("200 ");
        (await server.FinishAsync(Id)).ShouldBe("200 {}");
        slow.Finish();
        (await first).ShouldStartWith("412");
        (await server.ListAsync()).GetProperty("sizeBytes").GetString().ShouldBe("8");
    }

    [Fact]
    public async Task Quota_OfATenant_DeclinesMore()
    {
        await using var server = await OpenAsync(o => o with { Limits = o.Limits with { DebugInfoBytesMax = 5 } });
        (await server.OfferAsync(Id)).ShouldStartWith("True");
        await server.UploadAsync(Id, Elf);
        (await server.OfferAsync("cafe")).ShouldContain("(debug_info_bytes_max)");
    }

    [Fact]
    public async Task Disabled_OffersAreDeclined()
    {
        await using var server = await OpenAsync(o => o with { DebugInfoEnabled = false });
        (await server.OfferAsync(Id)).ShouldBe("False DebugInfo upload disabled");
    }

    private static async Task<OneServer> OpenAsync(Func<ServerOptions, ServerOptions>? change = null)
    {
        var directory = new TemporaryDirectory();
        var time = new ManualTime(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero));
        var options = new ServerOptions { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, LogLevel = "error", StorageDirectory = directory.Path, DebugInfoUploadBytesMax = 1000 };
        return new OneServer(await KagariServer.StartAsync(change?.Invoke(options) ?? options, time: time), directory, time);
    }

    /// <summary>A body whose second half comes when the test says so.</summary>
    private sealed class SlowBody(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously), _finish = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Begun => _begun.Task;

        public void Finish() => _finish.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(bytes);
            await stream.FlushAsync();
            _begun.SetResult();
            await _finish.Task;
            await stream.WriteAsync(new byte[1]);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }

    private sealed class OneServer(KagariServer server, TemporaryDirectory directory, ManualTime time) : IAsyncDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = server.Url };

        public ManualTime Time { get; } = time;

        public async Task<string> OfferAsync(string buildId)
        {
            var answer = await CallAsync("ShouldInitiateUpload", $$$"""{"file":{"gnuBuildId":"{{{buildId}}}","name":"app"}}""");
            if (!answer.StartsWith("200 ", StringComparison.Ordinal)) return answer;
            var json = JsonDocument.Parse(answer[4..]).RootElement;
            return $"{json.TryGetProperty("shouldInitiateUpload", out var should) && should.GetBoolean()} {json.GetProperty("reason").GetString()}";
        }

        public Task<string> FinishAsync(string buildId) => CallAsync("UploadFinished", $$"""{"gnuBuildId":"{{buildId}}"}""");

        public async Task<JsonElement> ListAsync() => JsonDocument.Parse((await CallAsync("ListDebuginfo", "{}"))[4..]).RootElement.GetProperty("object")[0];

        public Task<string> CallAsync(string method, string json) => SendAsync(RpcRequests.Json(Service + method, json));

        public Task<string> UploadAsync(string buildId, HttpContent body) => SendAsync(new HttpRequestMessage(HttpMethod.Post, $"{Service}Upload/{buildId}") { Content = body });

        public Task<string> UploadAsync(string buildId, byte[] body) => SendAsync(RpcRequests.Post($"{Service}Upload/{buildId}", body, "application/octet-stream"));

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await server.DisposeAsync();
            directory.Dispose();
        }

        private async Task<string> SendAsync(HttpRequestMessage request)
        {
            using var answer = await _http.SendAsync(request);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
        }
    }
}
