using System.Text.Json;
using Kagari.Server.Tests.Rpc;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Recorded requests of text formats and errors, sent again: the statuses are those that were recorded.</summary>
public sealed class RecordedIngestTests
{
    /// <summary>Where ours differ, and why.</summary>
    private static readonly Dictionary<string, (int Status, string Reason)> Deliberate = new()
    {
        ["push-notpprof"] = (400, "bytes that are no pprof are the client's error, which it should not send again"),
    };

    [Fact]
    public async Task EveryRecordedBody_SentAgain_AnswersTheRecordedStatus()
    {
        var folder = Repository.Shared("contract-formats");
        await using var server = await LiveServer.StartAsync(new Limits.TenantLimits { RejectOlderThan = TimeSpan.Zero, RejectNewerThan = TimeSpan.Zero });
        using var recorded = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "ingest.json")));
        var wrong = new List<string>();
        var sent = 0;
        foreach (var item in recorded.RootElement.GetProperty("items").EnumerateArray())
        {
            if (!item.TryGetProperty("body", out var file)) continue;
            var name = item.GetProperty("name").GetString()!;
            var body = await File.ReadAllBytesAsync(Path.Combine(folder, "bodies", file.GetString()!));
            var type = item.GetProperty("headers").GetProperty("content-type").GetString();
            var (status, answer) = await server.SendAsync(RpcRequests.Post(item.GetProperty("path").GetString()!, body, type));
            var expected = Deliberate.TryGetValue(name, out var other) ? other.Status : item.GetProperty("status").GetInt32();
            if (status != expected) wrong.Add($"{name}: {status} instead of {expected}: {answer}");
            sent++;
        }
        wrong.ShouldBeEmpty();
        sent.ShouldBe(19);
    }
}
