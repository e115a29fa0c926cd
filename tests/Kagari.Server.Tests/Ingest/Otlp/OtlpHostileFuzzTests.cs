using System.Text;
using Google.Protobuf;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>Requests that are cut and mutated never fail the server, and it stores good ones afterwards.</summary>
public sealed class OtlpHostileFuzzTests
{
    [Fact]
    public async Task Requests_Mutated_NeverFailTheServer()
    {
        await using var server = await LiveServer.StartAsync(OtlpServer.AnyTime);
        const string Drawing = "a;b 1 {k=v, n=7} | a;@4f t3 {service.name=#x} | d 5+6 {span_id=0102030405060708, trace_id=000102030405060708090a0b0c0d0e0f}";
        var small = new OtlpRequest().Scope([("service.name", "shop"), ("#k", "#v")], ("s", 1)).Profile(Drawing).Profile("e 1", "alloc:bytes", "").ToBytes();
        byte[][] corpus = [small, new OtlpRequest { IsOld = true }.Profile(Drawing).ToBytes(), .. Repository.SharedData is null ? [] : new[] { OtlpDump.Old, OtlpDump.New }];
        var json = Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(ExportProfilesServiceRequest.Parser.ParseFrom(small)));
        foreach (var seed in FuzzBudget.Seeds(300))
        {
            var random = new Random(seed);
            var (status, body) = (seed & 3) switch
            {
                0 => await server.SendOtlpAsync(FuzzBudget.Mutate(json, random), "application/json"),
                1 => await server.SendAsync(RpcRequests.Post(Server.Ingest.Otlp.OtlpEndpoint.GrpcPath, FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random), "application/proto")),
                _ => await server.SendOtlpAsync(FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random)),
            };
            status.ShouldBeOneOf([200, 400], $"seed {seed}: {body}");
        }
        (await server.SendOtlpAsync(new OtlpRequest().Resource(("service.name", "after")).Profile("still;here 7"))).Status.ShouldBe(200);
        (await server.StacksAsync(OtlpServer.CpuType, "{service_name=\"after\"}")).ShouldBe("still;here 70");
    }

    [Fact]
    public async Task Gzip_CutAnywhere_IsRefusedAndNotStored()
    {
        await using var server = await LiveServer.StartAsync();
        var whole = RpcRequests.Gzip(new OtlpRequest().Profile("a 1").ToBytes());
        for (var length = 0; length < whole.Length; length++)
        {
            var request = RpcRequests.Post(Server.Ingest.Otlp.OtlpEndpoint.HttpPath, whole[..length], "application/x-protobuf").With("Content-Encoding", "gzip");
            (await server.SendAsync(request)).Status.ShouldBe(400, $"{length} bytes");
        }
        (await server.ValuesAsync("service_name")).ShouldBe("");
    }
}
