using System.Net;
using Kagari.Server.Ingest.Legacy;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>
/// Profiles of many producers through the whole server: each way of asking gives, per sample type, the sum that
/// <c>go tool pprof -raw</c> finds in the file that was sent.
/// </summary>
public sealed class PprofCorpusTests(PprofCorpusTests.SharedServer shared) : IClassFixture<PprofCorpusTests.SharedServer>
{
    public static bool NoData => Repository.SharedData is null;

    /// <summary>The files; one row without a name where there are none, so that the runner has something to skip.</summary>
    public static TheoryData<string> Files => Repository.SharedData is null ? [""]
        : [.. Directory.GetFiles(Repository.Shared("pprof"), "*.pb").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory(Skip = "No test data: set KAGARI_TEST_DATA.", SkipWhen = nameof(NoData))]
    [MemberData(nameof(Files))]
    public async Task Push_FileOfAnotherProducer_EveryAnswerHasItsTotals(string file)
    {
        var server = shared.Server;
        var pprof = await File.ReadAllBytesAsync(Path.Combine(Repository.Shared("pprof"), file));
        var sent = await GoPprof.ReadAsync(pprof);
        var family = SampleTypeConfig.Parse(default).FamilyOf([.. sent.Types.Select(t => t.Split(':')[0])]);
        var service = file.Replace(".pb", "");
        var negativeBefore = await server.DiscardedAsync("negative_values");

        var (status, body) = await server.PushAsync(PprofSums.At(pprof, TimeProvider.System.GetUtcNow()), ("__name__", family), ("service_name", service));

        var exception = CorpusException.ByFile.GetValueOrDefault(file);
        status.ShouldBe(exception?.Status ?? HttpStatusCode.OK, $"{exception?.Why} {body}");
        var negative = sent.Samples.Count(HasNegative);
        (negative > 0).ShouldBe(exception is { Status: HttpStatusCode.OK }, "A file with negative values stands in the table, and no other.");
        (await server.DiscardedAsync("negative_values") - negativeBefore).ShouldBe(negative);
        if (status != HttpStatusCode.OK) return;
        foreach (var (type, sum) in sent.Sums(values => !HasNegative(values)).Values) await TotalsShouldBeAsync(server, $"{family}:{type}:{sent.PeriodType}", service, sum);
    }

    private static async Task TotalsShouldBeAsync(ClientServer server, string type, string service, long sum)
    {
        var selector = $"{{service_name=\"{service}\"}}";
        var answers = new
        {
            Json = (await server.StacksByJsonAsync(type, selector)).Total,
            Proto = (await server.StacksByProtoAsync(type, selector)).Total,
            Render = (await server.RenderAsync(type, selector)).GetProperty("numTicks").GetInt64(),
            Pprof = (await GoPprof.SumsAsync(await server.PprofAsync(type, selector))).Values.Sum(v => v.Sum),
        };
        answers.ShouldBe(new { Json = sum, Proto = sum, Render = sum, Pprof = sum }, type);
    }

    private static bool HasNegative(long[] values) => values.Any(v => v < 0);

    /// <summary>One server for all files; each file is a service of its own.</summary>
    public sealed class SharedServer : IAsyncLifetime
    {
        internal ClientServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await ClientServer.StartAsync();

        public ValueTask DisposeAsync() => Server.DisposeAsync();
    }
}
