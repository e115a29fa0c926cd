using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The questions that a real peer answered, asked again by the script that recorded them.</summary>
public sealed class ContractReplayTests
{
    [Fact]
    public async Task Contract_AllRecordedQuestions_Agree()
    {
        if (Repository.SharedData is not { } data)
        {
            ExternalTool.SkipOutsideCI("No test data: set KAGARI_TEST_DATA.");
            return;
        }
        var script = Path.GetFullPath(Path.Combine(data, "..", "tools", "contract.py"));
        if (!File.Exists(script)) ExternalTool.SkipOutsideCI($"{script} is missing.");

        await using var server = await ClientServer.StartAsync();
        var (status, output) = await ExternalTool.RunAsync("python3", script, "replay", server.Url, Path.Combine(data, "contract"));
        status.ShouldBe(0, output);
    }
}
