using Kagari.Cli.Uploading;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Uploading;

public sealed class UploadRequestTests
{
    private static readonly byte[] Cpu = Drawings.Pprof("a 1,10", "samples:count", "cpu:nanoseconds");

    [Fact]
    public void LabelsOf_Pprof_AreChosenUnlessGiven()
    {
        Labels().ShouldBe("__name__=process_cpu service_name=shop __delta__=false pyroscope_spy=kagari");
        Labels(("__name__", "mine"), ("pod", "a")).ShouldBe("__name__=mine pod=a service_name=shop __delta__=false pyroscope_spy=kagari");
    }

    [Fact]
    public void PushOf_KeepingTime_SendsTheFileItself() =>
        Request(timeNanos: null).PushOf(File(Cpu)).Series[0].Samples[0].RawProfile.Span.SequenceEqual(Cpu).ShouldBeTrue();

    [Fact]
    public void IngestPath_NamesServiceTypeLabelsAndTime() =>
        Request(7_000_000_000, ("pod", "a b")).IngestPath()
            .ShouldBe("/ingest?name=shop.cpu%7Bpod%3Da%20b%7D&from=7000000000&until=7000000000&format=folded&spyName=kagari&sampleRate=100");

    [Fact]
    public void IngestPath_Recording_NamesServiceAndItsTimeUnlessGiven()
    {
        var file = JfrFile.Decode("x", new JfrDrawing().Event("jdk.ExecutionSample", "a.b").ToArray(), 100) with { TimeNanos = 5, DurationNanos = 3 };
        Request(timeNanos: null, ("pod", "a")).IngestPath(file).ShouldBe("/ingest?name=shop%7Bpod%3Da%7D&from=5&until=8&format=jfr&spyName=kagari&sampleRate=100");
        Request(7_000_000_000).IngestPath(file).ShouldBe("/ingest?name=shop&from=7000000000&until=7000000003&format=jfr&spyName=kagari&sampleRate=100");
    }

    [Theory]
    [InlineData("a-b", "x")]
    [InlineData("a", "x,y")]
    [InlineData("a", "x}")]
    public void IngestPath_LabelThatItsSyntaxCannotSay_IsAUsageError(string name, string value) =>
        Should.Throw<CommandFailedException>(() => Request(1, (name, value)).IngestPath()).ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public void ProfileFile_OfOtherBytes_SaysWhatBothDecodersFound()
    {
        ProfileFile.TryDecode("x", "no numbers here"u8.ToArray(), out _, out var error).ShouldBeFalse();
        error.ShouldNotBeNull().ShouldContain("pprof");
    }

    [Fact]
    public void UploadSummary_OfPprof_HasTotalsOfEachType() =>
        UploadSummary.Of(File(Drawings.Pprof("a 1,10000000 | b 2,20000000", "samples:count", "cpu:nanoseconds")), "process_cpu").ToString()
            .ShouldMatch("^x: process_cpu, 2 samples, [0-9]+ B: samples 3, cpu 30 ms$");

    private static string Labels(params (string, string)[] labels) =>
        string.Join(' ', Request(1, labels).LabelsOf(File(Cpu)).Select(l => $"{l.Name}={l.Value}"));

    private static UploadRequest Request(long? timeNanos, params (string, string)[] labels) => new("shop", labels, timeNanos, 1, "cpu", 100);

    private static ProfileFile File(byte[] bytes) => ProfileFile.TryDecode("x", bytes, out var file, out var error) ? file : throw new InvalidOperationException(error);
}
