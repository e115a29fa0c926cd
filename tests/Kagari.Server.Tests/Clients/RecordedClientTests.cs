using System.Text;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>What SDKs sent to the peer, sent to us: same status, and every profile comes back under its type and labels with its total.</summary>
public sealed class RecordedClientTests
{
    public static bool NoData => Repository.SharedData is null;

    /// <summary>Per client: its service, the label <c>pyroscope_spy</c>, and a label that it sends.</summary>
    public static TheoryData<string, string, string, string> Clients => new()
    {
        { "go-sdk-1.2.8", "go.demo", "gospy", "version=1.2.3" },
        { "node-sdk-0.6.4", "node.demo", "nodespy", "otel.scope.version=0.6.4" },
    };

    [Theory(Skip = "No test data: set KAGARI_TEST_DATA.", SkipWhen = nameof(NoData))]
    [MemberData(nameof(Clients))]
    public async Task Ingest_RecordedRequests_AnswerAsThePeerAndKeepAllValues(string client, string service, string spy, string label)
    {
        await using var server = await ClientServer.StartAsync();
        var expected = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var request in RecordedRequest.Of(client))
        {
            using var message = request.ToMessage();
            using var answer = await server.Http.SendAsync(message);
            ((int)answer.StatusCode).ShouldBe(request.Status, request.Name);
            var sums = PprofSums.Of(request.Pprof);
            var family = FamilyOf(sums, request.Part("sample_type_config"));
            foreach (var (type, sum) in sums.Values)
            {
                var id = $"{NameOf(family, type)}:{type}:{sums.PeriodType}";
                expected[id] = expected.GetValueOrDefault(id) + sum;
            }
        }

        // A type whose profiles had no samples has no series.
        (await server.ProfileTypesAsync()).ShouldBe(expected.Where(e => e.Value != 0).Select(e => e.Key));
        var selector = $"{{service_name=\"{service}\"}}";
        foreach (var (type, total) in expected)
        {
            (await server.StacksByProtoAsync(type, selector)).Total.ShouldBe(total, type);
            foreach (var labels in await server.SeriesAsync($"{{service_name=\"{service}\",__profile_type__=\"{type}\"}}"))
            {
                labels.ShouldContain($"service_name={service}");
                labels.ShouldContain($"pyroscope_spy={spy}");
                labels.ShouldContain("region=eu");
                labels.ShouldContain(label);
            }
        }
    }

    /// <summary>The rule of the wire reference §1.1, for the types that these clients send.</summary>
    private static string FamilyOf(PprofSums sums, byte[]? config)
    {
        var names = sums.Values.Select(v => v.Type.Split(':')[0]).ToArray();
        var display = Encoding.UTF8.GetString(config ?? []);
        return names switch
        {
            _ when names.Contains("wall") => "wall",
            _ when names.Contains("cpu") => "process_cpu",
            _ when names.Contains("inuse_space") => "memory",
            _ when names.Contains("goroutine") => "goroutines",
            _ when display.Contains("block_") => "block",
            _ when display.Contains("mutex_") => "mutex",
            _ => throw new InvalidOperationException($"No rule for {string.Join(", ", names)}."),
        };
    }

    /// <summary>CPU time that a wall profile carries is a CPU profile.</summary>
    private static string NameOf(string family, string type) => family == "wall" && type == "cpu:nanoseconds" ? "process_cpu" : family;
}
