using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The questions that a real peer answered, asked again by the script that recorded them.</summary>
public sealed class ContractReplayTests
{
    [Fact]
    public async Task Contract_AllRecordedQuestions_Agree() => (await ReplayAsync("contract")).ShouldContain("47 of 47 cases agree");

    [Fact]
    public async Task Formats_EveryUploadAndQuestion_Agree()
    {
        var output = await ReplayAsync("contract-formats", "jfr", "other");
        output.ShouldContain("141 of 141 cases agree, 1 ingest statuses differ");
        // Bytes that are no pprof are the client's error, which it should not send again.
        output.Split('\n').Where(l => l.StartsWith("ingest ", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("ingest push-notpprof: status 400, the peer 500");
    }

    private static async Task<string> ReplayAsync(params string[] folders)
    {
        if (Repository.SharedData is not { } data)
        {
            ExternalTool.SkipOutsideCI("No test data: set KAGARI_TEST_DATA.");
            return "";
        }
        var script = Path.GetFullPath(Path.Combine(data, "..", "tools", "contract.py"));
        if (!File.Exists(script)) ExternalTool.SkipOutsideCI($"{script} is missing.");
        await using var server = await ClientServer.StartAsync();
        var (_, output) = await ExternalTool.RunAsync("python3", [script, "replay", server.Url, .. folders.Select(f => Path.Combine(data, f))]);
        return output;
    }
}
