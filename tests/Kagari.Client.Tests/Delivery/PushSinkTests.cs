using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Kagari.Client.Delivery;

namespace Kagari.Client.Tests.Delivery;

public sealed class PushSinkTests
{
    [Fact]
    public async Task Upload_SeveralProfiles_IsOneRequestThatServersKnow()
    {
        await using var lab = await PushLab.StartAsync(o => o.TenantId = "t1");
        lab.Queue.Add(Windows.Of("one", "two"));
        var request = lab.Server.Take();
        request.Line.ShouldBe("POST /push.v1.PusherService/Push");
        request.Headers["Content-Type"].ShouldBe("application/proto");
        request.Headers["User-Agent"].ShouldBe("kagari-dotnet/0.1.0");
        request.Headers["X-Scope-OrgID"].ShouldBe("t1");
        request.Headers.Keys.ShouldNotContain("Content-Encoding");
        request.Headers["Content-Length"].ShouldBe($"{request.Body.Length}");
        request.Push.Series.Select(s => s.Samples.Single().RawProfile.ToStringUtf8()).ShouldBe(["one", "two"]);
        request.Push.Series[1].Labels.Select(l => $"{l.Name}={l.Value}").ShouldBe(["__name__=process_cpu", "service_name=cart"]);
        lab.Queue.Flush(TimeSpan.FromMinutes(1)).ShouldBeTrue();
        (lab.Counts["uploads.sent"], lab.Counts["requests.sent"], lab.Counts["request.bytes"]).ShouldBe((1, 1, request.Body.Length));
        lab.Messages.Texts.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_WhileASpanIsOpen_IsNoPartOfIt()
    {
        var seen = new List<string>();
        using var listener = new ActivityListener { ShouldListenTo = s => s.Name.StartsWith("System.Net", StringComparison.Ordinal), Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStarted = a => seen.Add(a.OperationName) };
        ActivitySource.AddActivityListener(listener);
        using var span = new Activity("span").Start();
        await using var lab = await PushLab.StartAsync();
        lab.Queue.Add(Windows.Of("one"));
        lab.Server.Take().Headers.Keys.ShouldNotContain(h => h.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || h == "baggage" || h == "Request-Id");
        seen.ShouldBeEmpty();
    }

    [Fact]
    public async Task Upload_Busy_IsTriedAgainWithGrowingPauses()
    {
        await using var lab = await PushLab.StartAsync();
        lab.Server.Then(503, "down").Then(500).Then(408).Then(429, "slow").Then(200);
        var pauses = lab.Upload("one");
        pauses.Count.ShouldBe(4);
        for (var i = 0; i < pauses.Count; i++) pauses[i].TotalSeconds.ShouldBeInRange(0.25 * (1 << i), 0.5 * (1 << i));
        Enumerable.Range(0, 5).ShouldAllBe(_ => lab.Server.Take().Name == "one");
        (lab.Counts["uploads.sent"], lab.Counts["requests.retry"], lab.Counts["requests.sent"]).ShouldBe((1, 4, 1));
        // Nothing had ever succeeded, so the first failure is told at once, others as they change; none was lost.
        lab.Messages.Texts[0].ShouldBe($"Warning: An upload failed: {lab.Server.Url.ToString().TrimEnd('/')} answered 503 (down)");
        lab.Messages.Texts[^1].ShouldBe("Information: Uploads work again; none was lost.");
    }

    [Fact]
    public async Task Upload_BusyForLong_IsGivenUpAfterFiveTriesAndTheNextGoesOn()
    {
        await using var lab = await PushLab.StartAsync();
        for (var i = 0; i < PushSink.TriesMax; i++) lab.Server.Then(503);
        lab.Upload("one").Count.ShouldBe(PushSink.TriesMax - 1);
        lab.Upload("two").ShouldBeEmpty();
        (lab.Counts["uploads.failed"], lab.Counts["uploads.sent"]).ShouldBe((1, 1));
        lab.Messages.Texts.Length.ShouldBe(2);
        lab.Messages.Texts[1].ShouldBe("Information: Uploads work again; 1 was lost.");
    }

    [Fact]
    public async Task Upload_RetryAfter_IsHeeded()
    {
        await using var lab = await PushLab.StartAsync();
        lab.Server.Then(429, "", ("Retry-After", "17")).Then(503, "", ("Retry-After", "Fri, 01 May 2026 12:01:00 GMT")).Then(503, "", ("Retry-After", "86400"));
        lab.Upload("one").ShouldBe([TimeSpan.FromSeconds(17), TimeSpan.FromSeconds(43), Backoff.LongestWish]);
    }

    [Theory]
    [InlineData(400, "push series with index 0 failed: invalid", "What it names was not stored; other profiles of the same upload may have been.")]
    [InlineData(401, "no org id", "Check BasicAuthUser and BasicAuthPassword, or BearerToken; a server with tenants wants TenantId too.")]
    [InlineData(403, "", "The credentials may not write: check them and TenantId.")]
    [InlineData(404, "", "Nothing there takes /push.v1.PusherService/Push: check host, port and path of ServerAddress.")]
    [InlineData(413, "", "Make UploadInterval shorter, or raise the server's limit (ingestion_body_limit_mb).")]
    [InlineData(204, "", "Check ServerAddress, and whether something between here and the server answers in its place.")]
    public async Task Upload_Refused_IsToldOnceWithAdvice(int status, string message, string advice)
    {
        await using var lab = await PushLab.StartAsync();
        for (var i = 0; i < 3; i++) lab.Server.Then(http =>
        {
            http.Response.StatusCode = status;
            return message.Length == 0 ? Task.CompletedTask : http.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes($$"""{"code":"x","message":"{{message}}"}""")).AsTask();
        });
        lab.Upload("one").ShouldBeEmpty();
        lab.Upload("two").ShouldBeEmpty();
        var text = $"Error: The server refused an upload: {lab.Server.Url.ToString().TrimEnd('/')} answered {status}{(message.Length > 0 ? $" ({message})" : "")}. {advice}";
        lab.Messages.Texts.ShouldBe([text]);
        lab.Clock.Advance(DeliveryReport.Repeat);
        lab.Upload("three");
        lab.Messages.Texts.ShouldBe([text, text]);
        lab.Upload("four");
        lab.Messages.Texts[^1].ShouldBe("Information: Uploads work again; 3 were lost.");
        (lab.Counts["uploads.failed"], lab.Counts["requests.refused"], lab.Counts["uploads.sent"]).ShouldBe((3, 3, 1));
    }

    [Fact]
    public async Task Upload_AfterCredentialsChanged_HasTheNewOnes()
    {
        KagariOptions? options = null;
        await using var lab = await PushLab.StartAsync(o => (options, o.BasicAuthUser, o.BasicAuthPassword) = (o, "old", "secret"));
        lab.Upload("one");
        options!.BasicAuthUser = "new";
        lab.Upload("two");
        lab.Server.Take().Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("old:secret"u8)}");
        lab.Server.Take().Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("new:secret"u8)}");
    }

    [Fact]
    public async Task Upload_Redirected_IsNotFollowedButNamed()
    {
        await using var lab = await PushLab.StartAsync(o => o.BearerToken = "secret");
        lab.Server.Then(307, "", ("Location", "https://u:p@elsewhere.example/push"));
        lab.Upload("one");
        lab.Server.Take();
        lab.Server.Requests.Count.ShouldBe(0);
        lab.Messages.Texts.ShouldHaveSingleItem().ShouldEndWith("set ServerAddress to the address that answers, here https://elsewhere.example/push.");
    }

    [Fact]
    public async Task Upload_AnswerThatNeverComes_IsGivenUpInTime()
    {
        await using var lab = await PushLab.StartAsync(timeout: TimeSpan.FromMilliseconds(200));
        var stuck = new TaskCompletionSource();
        lab.Server.Then(_ => stuck.Task);
        lab.Upload("one").Count.ShouldBe(1);
        stuck.SetResult();
        lab.Counts["uploads.sent"].ShouldBe(1);
        lab.Messages.Texts[0].ShouldEndWith("did not answer within 0.2 s");
    }

    [Fact]
    public async Task Upload_ConnectionCutInTheMiddle_IsTriedAgain()
    {
        await using var lab = await PushLab.StartAsync();
        lab.Server.Then(http =>
        {
            http.Abort();
            return Task.CompletedTask;
        });
        lab.Upload("one").Count.ShouldBe(1);
        lab.Counts["uploads.sent"].ShouldBe(1);
    }

    [Fact]
    public async Task Upload_ProgramEndsWhileTheServerIsSilent_EndsInTime()
    {
        await using var lab = await PushLab.StartAsync(timeout: TimeSpan.FromMinutes(10));
        var stuck = new TaskCompletionSource();
        lab.Server.Then(_ => stuck.Task);
        lab.Queue.Add(Windows.Of("one"));
        lab.Server.Take();
        var end = Task.Factory.StartNew(lab.Queue.Dispose, TestContext.Current.CancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        lab.Clock.PassNextWait().ShouldBe(UploadQueue.EndTime);
        // The timeout of the upload is far away: closing its connection is what ends it.
        await end;
        stuck.SetResult();
        lab.Messages.Texts.ShouldBe(["Warning: Profiling ends; 1 upload was not sent."]);
        lab.Counts["uploads.dropped"].ShouldBe(1);
    }

    [Fact]
    public void Upload_NobodyListens_IsToldWithTheAddress()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}";
        closed.Stop();
        var messages = new MessageList();
        using var metrics = new ClientMetrics();
        using var sink = new PushSink(new KagariOptions { ServerAddress = new Uri(address) }, metrics, messages.Add, TimeProvider.System, new Random(1));
        sink.Hurry();
        Should.Throw<PushFailedException>(() => sink.SendAsync(Windows.Of("one"), CancellationToken.None).GetAwaiter().GetResult());
        messages.Texts.ShouldHaveSingleItem().ShouldStartWith($"Warning: An upload failed: {address}: Connection refused");
    }

    [Theory]
    [InlineData("", null, null, null, null)]
    [InlineData("", "u", "p", null, "Basic dTpw")]
    [InlineData("u%40x:p%3A@", null, null, null, "Basic dUB4OnA6")]
    [InlineData("a:b@", "u", "p", null, "Basic dTpw")]
    [InlineData("a:b@", null, null, "t", "Bearer t")]
    public void Target_Credentials_AreOneHeader(string userInfo, string? user, string? password, string? token, string? expected)
    {
        var options = new KagariOptions { ServerAddress = new Uri($"http://{userInfo}host:1/base/"), BasicAuthUser = user, BasicAuthPassword = password, BearerToken = token };
        var target = PushTarget.Of(options);
        target.Endpoint.AbsoluteUri.ShouldBe("http://host:1/base/push.v1.PusherService/Push");
        target.Server.ShouldBe("http://host:1/base");
        target.Headers.FirstOrDefault(h => h.Key == "Authorization").Value.ShouldBe(expected);
        options.Headers["authorization"] = "own";
        PushTarget.Of(options).Headers.Where(h => h.Key.Equals("Authorization", StringComparison.OrdinalIgnoreCase)).ShouldHaveSingleItem().Value.ShouldBe("own");
    }
}
