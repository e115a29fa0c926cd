using System.Net;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Limits;
using Kagari.Server.Tests.Ingest;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;
using static Kagari.Testing.OtlpRequest;

namespace Kagari.Server.Tests.Debuginfo;

/// <summary>Addresses of a stripped program become functions, files and lines once its debug information is there.</summary>
public sealed class SymbolizationTests
{
    private const string Type = "process_cpu:cpu:nanoseconds:cpu:nanoseconds", Service = "/debuginfo.v1alpha1.DebuginfoService/";

    /// <summary>Where the kernel put the program: anywhere.</summary>
    private const ulong MemoryStart = 0x55d0_1234_5000;

    [Fact]
    public async Task OtlpProfile_OfAStrippedProgram_GetsFunctionsFilesAndInlinedLines()
    {
        using var folder = new TemporaryDirectory();
        var program = await StrippedProgram.BuildAsync(folder);
        await using var server = await LiveServer.StartAsync();
        await ExportAsync(server, program, MemoryStart);
        // A second process has it elsewhere.
        await ExportAsync(server, program, MemoryStart + 0x1000_0000, seconds: 1);
        (await server.StacksAsync(Type)).ShouldContain("work!0x55d0");

        await UploadAsync(server, program);

        (await server.StacksAsync(Type)).ShouldBe("main;work;inner 60");
        var profile = await ProfileAsync(server);
        profile.Samples.Count.ShouldBe(1, "the same lines in two processes are one stack");
        var stack = profile.StackOf(profile.Samples[0]);
        LinesOf(profile, stack[0]).ShouldBe([("inner", "work.c", program.InlinedLine), ("work", "work.c", program.CallLine)]);
        LinesOf(profile, stack[1]).Single().Function.ShouldBe("main");
        profile.GetString(profile.Mappings[0].BuildId).ShouldBe(program.BuildId);

        // Searches, call sites and function tables see names, not addresses.
        var (status, functions) = await server.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"/api/v1/functions?query={Uri.EscapeDataString(Type + "{}")}&search=inn&from={server.NowSeconds - 3600}&until={server.NowSeconds + 3600}"));
        status.ShouldBe(200, functions);
        JsonDocument.Parse(functions).RootElement.GetProperty("functions")[0].GetProperty("total").GetInt64().ShouldBe(60);
    }

    [Fact]
    public async Task Delete_TakesTheNamesAway()
    {
        using var folder = new TemporaryDirectory();
        var program = await StrippedProgram.BuildAsync(folder);
        await using var server = await LiveServer.StartAsync();
        await ExportAsync(server, program, MemoryStart);
        await UploadAsync(server, program);
        (await server.StacksAsync(Type)).ShouldBe("main;work;inner 30");
        (await server.SendAsync(RpcRequests.Json(Service + "DeleteDebuginfo", $$"""{"gnuBuildId":"{{program.BuildId}}"}"""))).Status.ShouldBe(200);
        (await server.StacksAsync(Type)).ShouldContain("work!0x55d0");
    }

    [Fact]
    public async Task Tenant_WithoutSymbolizer_SeesAddresses()
    {
        using var folder = new TemporaryDirectory();
        var program = await StrippedProgram.BuildAsync(folder);
        await using var server = await LiveServer.StartAsync(new TenantLimits { SymbolizerEnabled = false });
        await ExportAsync(server, program, MemoryStart);
        await UploadAsync(server, program);
        (await server.StacksAsync(Type)).ShouldContain("work!0x55d0");
    }

    /// <summary>The program's stack main → work, in the inlined part of work.</summary>
    private static async Task ExportAsync(LiveServer server, StrippedProgram program, ulong memoryStart, int seconds = 0)
    {
        var request = new OtlpRequest();
        request.Mappings.Add(Join(
            Number(1, memoryStart), Number(2, memoryStart + 0x1000), Number(3, program.TextOffset), Number(4, request.String("/usr/bin/work")),
            Packed(5, request.Attribute("process.executable.build_id.gnu", program.BuildId))));
        ulong InProcess(ulong address) => address - program.TextAddress + memoryStart;
        request.Profile($"@{InProcess(program.Main):x};@{InProcess(program.Inlined):x} 3", timeNanos: (ulong)(server.NowSeconds + seconds) * 1_000_000_000);
        using var content = new ByteArrayContent(request.ToBytes());
        content.Headers.ContentType = new("application/x-protobuf");
        using var answer = await server.Http.PostAsync("/v1development/profiles", content, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private static async Task UploadAsync(LiveServer server, StrippedProgram program)
    {
        var (status, body) = await server.SendAsync(RpcRequests.Json(Service + "ShouldInitiateUpload", $$$"""{"file":{"gnuBuildId":"{{{program.BuildId}}}","name":"work","type":"TYPE_EXECUTABLE_NO_TEXT"}}"""));
        status.ShouldBe(200, body);
        JsonDocument.Parse(body).RootElement.GetProperty("shouldInitiateUpload").GetBoolean().ShouldBeTrue();
        (status, body) = await server.SendAsync(RpcRequests.Post($"{Service}Upload/{program.BuildId}", program.DebugFile, "application/octet-stream"));
        status.ShouldBe(200, body);
        (status, body) = await server.SendAsync(RpcRequests.Json(Service + "UploadFinished", $$"""{"gnuBuildId":"{{program.BuildId}}"}"""));
        status.ShouldBe(200, body);
    }

    private static async Task<FlatProfile> ProfileAsync(LiveServer server)
    {
        var bytes = await server.Http.GetByteArrayAsync($"/pprof?query={Uri.EscapeDataString(Type + "{}")}&from={server.NowSeconds - 3600}&until={server.NowSeconds + 3600}", TestContext.Current.CancellationToken);
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(bytes, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return profile;
    }

    private static List<(string Function, string File, int Line)> LinesOf(FlatProfile profile, int location)
    {
        var lines = new List<(string Function, string File, int Line)>();
        var row = profile.Locations[location];
        for (var i = row.LineStart; i < row.LineStart + row.LineCount; i++)
        {
            var function = profile.Functions[profile.Lines[i].Function];
            lines.Add((profile.GetString(function.Name), Path.GetFileName(profile.GetString(function.FileName)), (int)profile.Lines[i].LineNumber));
        }
        return lines;
    }
}
