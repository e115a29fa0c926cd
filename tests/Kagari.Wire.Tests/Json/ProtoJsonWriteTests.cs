using System.Buffers;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Kagari.Wire.Json;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;
using Kagari.Wire.Version;

namespace Kagari.Wire.Tests.Json;

public sealed class ProtoJsonWriteTests
{
    public static TheoryData<int> SampleIndexes() => [.. Enumerable.Range(0, Samples.All.Length)];

    [Fact]
    public void Write_Empty_IsAnEmptyObject() => Write(new SelectMergeStacktracesResponse()).ShouldBe("{}");

    [Fact]
    public void Write_Names_AreThoseOfTheWire()
    {
        Write(new SelectMergeStacktracesRequest { ProfileTypeID = "p", LabelSelector = "{}" }).ShouldBe("""{"profileTypeID":"p","labelSelector":"{}"}""");
        Write(new VersionResponse { QuerierAPI = 1 }).ShouldBe("""{"QuerierAPI":"1"}""");
        Write(new FlameGraphDiff { LeftTicks = 1, RightTicks = 2 }).ShouldBe("""{"leftTicks":"1","rightTicks":"2"}""");
        Write(new ProfileType { ID = "a", SampleType = "b" }).ShouldBe("""{"ID":"a","sampleType":"b"}""");
        Write(new SeriesResponse { LabelsSet = { new Labels() } }).ShouldBe("""{"labelsSet":[{}]}""");
    }

    [Fact]
    public void Write_Presence_DecidesAboutDefaults()
    {
        Write(new SelectMergeStacktracesRequest { MaxNodes = 0, StackTraceSelector = new StackTraceSelector() }).ShouldBe("""{"maxNodes":"0","stackTraceSelector":{}}""");
        Write(new SelectSeriesRequest { Aggregation = TimeSeriesAggregationType.Sum }).ShouldBe("""{"aggregation":"TIME_SERIES_AGGREGATION_TYPE_SUM"}""");
    }

    [Fact]
    public void Write_Values_FollowTheMapping()
    {
        Write(new Point { Value = 1, Timestamp = -5 }).ShouldBe("""{"value":1,"timestamp":"-5"}""");
        Write(new Point { Value = double.NaN }).ShouldBe("""{"value":"NaN"}""");
        Write(new Point { Value = 0.1 }).ShouldBe("""{"value":0.1}""");
        Write(new Level { Values = { 1, -2, 3 } }).ShouldBe("""{"values":["1","-2","3"]}""");
        Write(new SelectMergeStacktracesResponse { Tree = ByteString.CopyFrom(251, 255) }).ShouldBe("""{"tree":"+/8="}""");
        Write(new SelectMergeStacktracesRequest { Format = (ProfileFormat)99 }).ShouldBe("""{"format":99}""");
        Write(new LabelPair { Name = "std::vector<int>::push_back&" }).ShouldBe("""{"name":"std::vector<int>::push_back&"}""");
        Write(new Timestamp { Seconds = 1767323045, Nanos = 120_000_000 }).ShouldBe("\"2026-01-02T03:04:05.120Z\"");
        Write(new Duration { Seconds = -1, Nanos = -500_000_000 }).ShouldBe("\"-1.500s\"");
    }

    [Theory]
    [MemberData(nameof(SampleIndexes))]
    public void Write_ThenRead_IsTheSame(int index)
    {
        var message = Samples.All[index];
        var copy = message.Descriptor.Parser.ParseFrom(ByteString.Empty);
        ProtoJsonReader.Read(Encoding.UTF8.GetBytes(Write(message)), copy);
        copy.ShouldBe(message);
    }

    [Theory]
    [MemberData(nameof(SampleIndexes))]
    public void Write_IsReadByGoogle(int index)
    {
        var message = Samples.All[index];
        JsonParser.Default.Parse(Write(message), message.Descriptor).ShouldBe(message);
    }

    [Fact]
    public void Write_LongArrays_CrossChunksUnharmed()
    {
        foreach (var count in new[] { 1, 1023, 1024, 1025, 100_000 })
        {
            var level = new Level();
            var random = new Random(count);
            for (var i = 0; i < count; i++) level.Values.Add(random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64));
            var graph = new FlameGraph { Levels = { level, level } };
            var json = Write(graph);
            json.ShouldStartWith($"{{\"levels\":[{{\"values\":[\"{level.Values[0]}\"");
            ProtoJson.Read<FlameGraph>(Encoding.UTF8.GetBytes(json)).ShouldBe(graph);
        }
    }

    [Fact]
    public void Write_LongArray_AllocatesNothingPerNumber()
    {
        var level = new Level();
        for (var i = 0L; i < 100_000; i++) level.Values.Add(i * 1_000_003);
        var output = new ArrayBufferWriter<byte>(4 << 20);
        ProtoJson.Write(level, output);
        output.ResetWrittenCount();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ProtoJson.Write(level, output);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(4096);
    }

    internal static string Write(IMessage message)
    {
        var output = new ArrayBufferWriter<byte>();
        ProtoJson.Write(message, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
