using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Functions;

/// <summary>Uploaded files in the place of stored profiles.</summary>
public sealed class UploadedFileTests
{
    private const string Drawing = "main;work;gc 1,60 | main;work 2,10 | main;idle 3,30";

    [Fact]
    public async Task Functions_OfAFile_AreThoseOfItsType()
    {
        await using var server = await LiveServer.StartAsync();
        var id = await UploadAsync(server, Drawings.Pprof(Drawing, "samples:count", "cpu:nanoseconds"));
        (await OkAsync(server, $"functions?adhoc={id}&type=cpu&limit=2")).ShouldBe(
            $$"""{"type":"cpu","unit":"nanoseconds","adhoc":"{{id}}","types":["samples","cpu"],"total":100,"functionCount":4,"matchCount":4,"functions":[{"name":"gc","self":60,"total":60},{"name":"idle","self":30,"total":30}]}""");
        (await OkAsync(server, $"functions?adhoc={id}&limit=1")).ShouldContain("\"type\":\"samples\",\"unit\":\"count\",");
        // Only stacks with the function.
        (await OkAsync(server, $"functions?adhoc={id}&type=cpu&function=work&sort=total")).ShouldContain(
            "\"total\":70,\"functionCount\":3,\"matchCount\":3,\"functions\":[{\"name\":\"work\",\"self\":10,\"total\":70},{\"name\":\"main\",\"self\":0,\"total\":70},{\"name\":\"gc\",\"self\":60,\"total\":60}]");
        (await OkAsync(server, $"sandwich?adhoc={id}&type=cpu&function=work")).ShouldContain("\"found\":true,\"self\":10,\"total\":70,");
        (await OkAsync(server, $"lines?adhoc={id}&type=cpu&function=work")).ShouldContain(
            "\"self\":10,\"total\":70,\"files\":[{\"file\":\"\",\"startLine\":0,\"self\":10,\"total\":70,\"lines\":[],\"unknown\":{\"self\":10,\"total\":70}}],\"repositoryCount\":0,\"repositories\":[]");
    }

    [Fact]
    public async Task FlameGraph_OfAFile_IsThatOfTheSameStoredProfile()
    {
        await using var server = await LiveServer.StartAsync();
        var pprof = Drawings.Pprof("main;work;gc 60 | main;work 10 | main;idle 30", "cpu:nanoseconds");
        var id = await UploadAsync(server, pprof);
        (await server.PushAsync(pprof)).Status.ShouldBe(200);
        var stored = "query=" + Uri.EscapeDataString(LiveServer.CpuType + "{}");
        foreach (var more in new[] { "", "&maxNodes=1", "&path=main&path=work" })
            (await ColumnsAsync(server, $"flamegraph?adhoc={id}{more}")).ShouldBe(await ColumnsAsync(server, $"flamegraph?{stored}{more}"), more);
        (await OkAsync(server, $"flamegraph?adhoc={id}&path=main&path=work")).ShouldContain("\"depth\":[0,1],\"name\":[2,0],\"self\":[10,60],\"total\":[70,60]");
        (await ColumnsAsync(server, $"flamegraph/diff?leftAdhoc={id}&rightQuery={stored[6..]}")).ShouldBe(await ColumnsAsync(server, $"flamegraph/diff?leftQuery={stored[6..]}&rightQuery={stored[6..]}"));
        (await SendAsync(server, $"flamegraph?adhoc={id}&path=gc")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Changes_FileAgainstProduction_AreByShareAndByRate()
    {
        await using var server = await LiveServer.StartAsync();
        var file = await UploadAsync(server, Drawings.Pprof(Drawing, "samples:count", "cpu:nanoseconds"));
        var other = await UploadAsync(server, WithDuration("main;work 40 | main;idle 30", seconds: 10));
        (await server.PushAsync(Drawings.Pprof("main;work 40 | main;idle 60", "cpu:nanoseconds"))).Status.ShouldBe(200);
        var stored = Uri.EscapeDataString(LiveServer.CpuType + "{}");
        var changes = await OkAsync(server, $"changes?leftAdhoc={file}&leftType=cpu&rightQuery={stored}&limit=1&search=idle");
        changes.ShouldContain($$"""
            "left":{"type":"cpu","unit":"nanoseconds","adhoc":"{{file}}","types":["samples","cpu"],"total":100,"seconds":0,"windows":1,"filledWindows":1},"right":{"type":"{{LiveServer.CpuType}}",
            """);
        changes.ShouldContain("\"left\":{\"self\":30,\"total\":30},\"right\":{\"self\":60,\"total\":60},\"self\":{\"change\":0.3,\"noise\":null");
        // The side that names a file, and the other by what both have.
        (await OkAsync(server, $"changes?leftAdhoc={file}&leftType=cpu&query={stored}&limit=1&search=idle")).ShouldContain("\"right\":{\"self\":60,\"total\":60}");
        (await OkAsync(server, $"changes?adhoc={file}&type=cpu&rightQuery={stored}&limit=1&search=idle")).ShouldContain("\"left\":{\"self\":30,\"total\":30}");

        (await OkAsync(server, $"changes?leftAdhoc={other}&rightAdhoc={other}&mode=rate")).ShouldContain("\"total\":70,\"seconds\":10,");
        var (status, body) = await SendAsync(server, $"changes?leftAdhoc={file}&leftType=cpu&rightAdhoc={other}&mode=rate");
        (status, body).ShouldSatisfyAllConditions(a => a.status.ShouldBe(400), a => a.body.ShouldContain("does not say how long it sampled"));
    }

    [Fact]
    public async Task Adhoc_WrongOrMissing_IsNamed()
    {
        await using var server = await LiveServer.StartAsync(multitenancy: true);
        server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "a");
        var id = await UploadAsync(server, Drawings.Pprof(Drawing, "samples:count", "cpu:nanoseconds"));
        async Task ShouldBeAsync(string request, int status, string message)
        {
            var answer = await SendAsync(server, request);
            answer.Status.ShouldBe(status, answer.Body);
            answer.Body.ShouldContain(message);
        }
        await ShouldBeAsync("functions?adhoc=01ARZ3NDEKTSV4RRFFQ69G5FAV-x", 404, "profile '01ARZ3NDEKTSV4RRFFQ69G5FAV-x' is not there");
        await ShouldBeAsync("functions?adhoc=../x", 400, "is no id of an uploaded profile");
        await ShouldBeAsync($"functions?adhoc={id}&type=wall", 400, "profile type 'wall' is not in the profile; it has samples, cpu");
        await ShouldBeAsync($"functions?adhoc={id}&query=x:cpu:ns::%7B%7D", 400, "cannot be combined");
        await ShouldBeAsync($"changes?leftAdhoc={id}&leftQuery=x:cpu:ns::%7B%7D", 400, "\\\"leftAdhoc\\\" and \\\"leftQuery\\\" cannot be combined");
        await ShouldBeAsync($"functions?adhoc={id}&profileId=7c9e6679-7425-40de-944b-e07fc1f90ae7", 400, "an uploaded file");
        await ShouldBeAsync($"top?adhoc={id}", 400, "\\\"adhoc\\\" cannot be asked about here");
        // Of another tenant; and of several, whichever has it.
        server.Http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
        server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "b");
        await ShouldBeAsync($"functions?adhoc={id}", 404, "is not there");
        server.Http.DefaultRequestHeaders.Remove("X-Scope-OrgID");
        server.Http.DefaultRequestHeaders.Add("X-Scope-OrgID", "b|a");
        await ShouldBeAsync($"functions?adhoc={id}", 200, "\"total\":6,");
    }

    private static byte[] WithDuration(string drawing, int seconds)
    {
        var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
        profile.DurationNanos = seconds * 1_000_000_000L;
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static async Task<string> UploadAsync(LiveServer server, byte[] pprof)
    {
        var (status, body) = await server.SendAsync(RpcRequests.Json("/adhocprofiles.v1.AdHocProfileService/Upload", $$"""{"name":"x.pb","profile":"{{Convert.ToBase64String(pprof)}}"}"""));
        status.ShouldBe(200, body);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<string> OkAsync(LiveServer server, string request)
    {
        var (status, body) = await SendAsync(server, request);
        status.ShouldBe(200, body);
        return body;
    }

    private static Task<(int Status, string Body)> SendAsync(LiveServer server, string request) =>
        server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{request}"));

    private static async Task<byte[]> ColumnsAsync(LiveServer server, string request)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/{request}");
        message.Headers.TryAddWithoutValidation("Accept", ColumnarWriter.MediaType);
        using var response = await server.Http.SendAsync(message);
        ((int)response.StatusCode).ShouldBe(200);
        return await response.Content.ReadAsByteArrayAsync();
    }
}
