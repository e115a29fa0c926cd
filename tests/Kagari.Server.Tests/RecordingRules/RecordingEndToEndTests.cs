using Kagari.Server.RecordingRules.Exporting;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Push;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary>A whole server that sends to a receiver in this process.</summary>
public sealed class RecordingEndToEndTests
{
    [Fact]
    public async Task TwoTenants_EachGetsItsOwn_ThroughAReceiverThatFailsAtFirst()
    {
        await using var receiver = await FakeReceiver.StartAsync();
        receiver.Answers = i => i < 2 ? 500 : 200;
        await using var server = await LiveServer.StartAsync(multitenancy: true, options: o => o with
        {
            Compactor = o.Compactor with { FirstWindow = TimeSpan.FromSeconds(1), Interval = TimeSpan.FromMilliseconds(10) },
            MetricsExporter = new MetricsExporterOptions { Enabled = true, RemoteWriteAddress = receiver.Address },
        });
        foreach (var (tenant, value) in new[] { ("a", 3), ("b", 5) })
        {
            var rule = RpcRequests.Json("/settings.v1.RecordingRulesService/UpsertRecordingRule", $$"""{"id":"rule{{tenant}}","metricName":"profiles_recorded_cpu","matchers":["{__profile_type__=\"{{LiveServer.CpuType}}\"}"],"groupBy":["service_name"]}""");
            rule.Headers.Add("X-Scope-OrgID", tenant);
            (await server.SendAsync(rule)).Status.ShouldBe(200);
            var push = RpcRequests.Proto(LiveServer.Push, new PushRequest { Series = { LiveServer.Series(Drawings.Pprof($"main {value}", "cpu:nanoseconds")) } });
            push.Headers.Add("X-Scope-OrgID", tenant);
            (await server.SendAsync(push)).Status.ShouldBe(200);
        }
        await Until.TrueAsync(() => Task.FromResult(receiver.Samples.Count == 2), "both tenants' samples arrive");
        receiver.Requests.Where(r => r.Status == 200).Select(r => $"{r.Headers["X-Scope-OrgID"]} {FakeReceiver.Draw(r.Request.Timeseries.ShouldHaveSingleItem())} {r.Request.Timeseries[0].Samples[0].Value}").Order(StringComparer.Ordinal).ShouldBe(
        [
            """a {__name__="profiles_recorded_cpu",profiles_rule_id="rulea",service_name="cart"} 3""",
            """b {__name__="profiles_recorded_cpu",profiles_rule_id="ruleb",service_name="cart"} 5""",
        ]);
    }

    [Fact]
    public async Task Start_WithoutAnAddress_SaysWhatIsMissing() =>
        (await Should.ThrowAsync<Kagari.Server.Configuration.ConfigurationException>(() => LiveServer.StartAsync(options: o => o with { MetricsExporter = new MetricsExporterOptions { Enabled = true } })))
            .Errors.ShouldHaveSingleItem().ShouldContain("compaction_worker.metrics_exporter.remote_write_address is empty");

    [Fact]
    public void Password_IsNotShown()
    {
        var options = Configuration.Loading.Load("", "compaction_worker: {metrics_exporter: {remote_write_address: 'https://me:secret@host:9090/w?a=b'}}").Options;
        options.MetricsExporter.RemoteWriteAddress.ShouldBe("https://me:secret@host:9090/w?a=b");
        Kagari.Server.Configuration.EffectiveYaml.Write(options).ShouldSatisfyAllConditions(y => y.ShouldContain("https://me:xxxxx@host:9090/w?a=b"), y => y.ShouldNotContain("me:secret"));
    }
}
