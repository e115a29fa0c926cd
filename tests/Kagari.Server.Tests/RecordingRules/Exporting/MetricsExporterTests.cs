using Kagari.Server.RecordingRules.Exporting;

namespace Kagari.Server.Tests.RecordingRules.Exporting;

/// <summary>What is sent, how it is said, and what becomes of it when the receiver does not want it.</summary>
public sealed class MetricsExporterTests
{
    [Fact]
    public async Task Request_IsRemoteWriteOne()
    {
        await using var lab = await ExporterLab.StartAsync(namesTenant: true, change: o => o with { RemoteWriteAddress = o.RemoteWriteAddress.Replace("//", "//me:p%40ss@") });
        await lab.PutAsync("team-a", 1000, 1.5);
        await lab.Exporter.SendDueAsync(default);
        var (_, headers, request) = lab.Receiver.Requests.ShouldHaveSingleItem();
        headers.ContentType.ToString().ShouldBe("application/x-protobuf");
        headers.ContentEncoding.ToString().ShouldBe("snappy");
        headers["X-Prometheus-Remote-Write-Version"].ToString().ShouldBe("0.1.0");
        headers["X-Scope-OrgID"].ToString().ShouldBe("team-a");
        headers.UserAgent.ToString().ShouldStartWith("kagari-metrics-exporter/");
        headers.Authorization.ToString().ShouldBe("Basic " + Convert.ToBase64String("me:p@ss"u8));
        request.ToString().ShouldBe("""{ "timeseries": [ { "labels": [ { "name": "__name__", "value": "m0" } ], "samples": [ { "value": 1.5, "timestamp": "1000" } ] } ] }""");
        lab.Metrics.SentCount("team-a").ShouldBe(1);
        lab.Outbox.Waiting.ShouldBe((0, 0));
        (await lab.Documents.ListAllAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task BearerToken_IsReadForEveryRequest()
    {
        using var folder = new Kagari.Testing.TemporaryDirectory();
        var file = Path.Combine(folder.Path, "token");
        await using var lab = await ExporterLab.StartAsync(change: o => o with { BearerTokenFile = file });
        await lab.PutAsync("t", 1, 1);
        await lab.Exporter.SendDueAsync(default);
        lab.Receiver.Requests.ShouldBeEmpty("without its token it does not ask");
        foreach (var token in new[] { "one", "two" })
        {
            await File.WriteAllTextAsync(file, token + "\n");
            lab.Time.Now += TimeSpan.FromMinutes(1);
            await lab.PutAsync("t", 2, 2);
            await lab.Exporter.SendDueAsync(default);
            lab.Receiver.Requests.Last().Headers.Authorization.ToString().ShouldBe("Bearer " + token);
        }
        lab.Receiver.Requests.ShouldAllBe(r => !r.Headers.ContainsKey("X-Scope-OrgID"));
    }

    [Fact]
    public async Task Failures_AreTriedAgainEverLater_AndNothingIsLost()
    {
        await using var lab = await ExporterLab.StartAsync();
        int[] answers = [500, 503, 404, 401, 429, 204];
        lab.Receiver.Answers = i => i < answers.Length ? answers[i] : 204;
        await lab.PutAsync("t", 1, 1, 2);
        await lab.PutAsync("t", 2, 3);
        var pauses = new List<double>();
        while (lab.Outbox.Waiting.Samples > 0)
        {
            var pause = await lab.Exporter.SendDueAsync(default);
            if (lab.Outbox.Waiting.Samples == 0) break;
            // Just before, nothing is sent.
            var requests = lab.Receiver.Requests.Count;
            lab.Time.Now += pause - TimeSpan.FromMilliseconds(1);
            await lab.Exporter.SendDueAsync(default);
            lab.Receiver.Requests.Count.ShouldBe(requests);
            lab.Time.Now += TimeSpan.FromMilliseconds(1);
            pauses.Add(pause.TotalSeconds);
        }
        pauses.ShouldBe([1, 2, 4, 8, 16]);
        lab.Taken.ShouldBe("m0@1=1 m0@2=3 m1@1=2");
        lab.Metrics.SentCount("t").ShouldBe(3);
    }

    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 1)]
    [InlineData("999999", 600)]
    public async Task RetryAfter_IsHeeded(string header, int seconds)
    {
        await using var lab = await ExporterLab.StartAsync();
        (lab.Receiver.Answers, lab.Receiver.RetryAfter) = (_ => 429, header);
        await lab.PutAsync("t", 1, 1);
        (await lab.Exporter.SendDueAsync(default)).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(413)]
    [InlineData(422)]
    public async Task Refused_IsDroppedAndCounted_AndTheNextIsSent(int status)
    {
        await using var lab = await ExporterLab.StartAsync();
        lab.Receiver.Answers = i => i == 0 ? status : 204;
        await lab.PutAsync("t", 1, 1, 2, 3);
        await lab.PutAsync("t", 2, 4);
        await lab.Exporter.SendDueAsync(default);
        lab.Taken.ShouldBe("m0@2=4");
        lab.Metrics.DroppedCount(DropReason.Refused, "t").ShouldBe(3);
        lab.Outbox.Waiting.ShouldBe((0, 0));
    }

    [Fact]
    public async Task Many_AreSentInParts_AndAgainFromTheFirst()
    {
        const int Series = (2 * MetricsExporter.SeriesPerRequestMax) + 5;
        await using var lab = await ExporterLab.StartAsync();
        lab.Receiver.Answers = i => i == 1 ? 502 : 204;
        await lab.PutAsync("t", 1, [.. Enumerable.Range(0, Series).Select(i => (double)i)]);
        lab.Time.Now += await lab.Exporter.SendDueAsync(default);
        await lab.Exporter.SendDueAsync(default);
        lab.Receiver.Requests.Select(r => r.Request.Timeseries.Count).ShouldBe([2000, 2000, 2000, 2000, 5]);
        lab.Receiver.Samples.Select(s => s.Value).Order().ShouldBe(Enumerable.Range(0, Series).Select(i => (double)i));
    }

    [Fact]
    public async Task TenantThatMustWait_HoldsUpNoOther()
    {
        await using var lab = await ExporterLab.StartAsync(namesTenant: true);
        lab.Receiver.PausedTenant = "a";
        await lab.PutAsync("a", 1, 1);
        await lab.PutAsync("b", 2, 2);
        await lab.PutAsync("b", 3, 3);
        await lab.Exporter.SendDueAsync(default);
        lab.Taken.ShouldBe("m0@2=2 m0@3=3");
        lab.Outbox.Waiting.Samples.ShouldBe(1);
    }

    [Fact]
    public async Task FullQueue_DropsTheOldest()
    {
        await using var lab = await ExporterLab.StartAsync(queueBytesMax: 1000);
        var isDown = true;
        lab.Receiver.Answers = _ => isDown ? 503 : 204;
        for (var time = 1; time <= 100; time++) await lab.PutAsync(time % 2 == 0 ? "a" : "b", time, time);
        await lab.Exporter.SendDueAsync(default);
        isDown = false;
        lab.Time.Now += TimeSpan.FromMinutes(1);
        await lab.Exporter.SendDueAsync(default);
        var taken = lab.Receiver.Samples.Select(s => s.Time).Order().ToList();
        taken.Count.ShouldBeInRange(10, 60);
        taken.ShouldBe(Enumerable.Range(101 - taken.Count, taken.Count).Select(t => (long)t), "the latest of both tenants");
        (lab.Metrics.DroppedCount(DropReason.QueueFull, "a") + lab.Metrics.DroppedCount(DropReason.QueueFull, "b")).ShouldBe(100 - taken.Count);
        (await lab.Documents.ListAllAsync(default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Running_SendsWhatComes_WithoutBeingAsked()
    {
        await using var lab = await ExporterLab.StartAsync(time: TimeProvider.System);
        lab.Receiver.Answers = i => i == 0 ? 500 : 204;
        lab.Exporter.Start();
        for (var time = 1; time <= 5; time++) await lab.PutAsync("t", time, time);
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var i = 0; i < 3000 && lab.Outbox.Waiting.Samples > 0; i++) await pause.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        lab.Taken.ShouldBe("m0@1=1 m0@2=2 m0@3=3 m0@4=4 m0@5=5");
    }
}
