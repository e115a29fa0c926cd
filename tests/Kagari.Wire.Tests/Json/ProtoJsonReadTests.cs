using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Kagari.Wire.Json;
using Kagari.Wire.Push;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Wire.Tests.Json;

public sealed class ProtoJsonReadTests
{
    [Theory]
    [InlineData("{}", 0)]
    [InlineData("""{"start":"12"}""", 12)]
    [InlineData("""{"start":12}""", 12)]
    [InlineData("""{"start":1e3}""", 1000)]
    [InlineData("""{"start":"1.0"}""", 1)]
    [InlineData("""{"start":1.5e1}""", 15)]
    [InlineData("""{"start":-0}""", 0)]
    [InlineData("""{"start":"-9223372036854775808"}""", long.MinValue)]
    [InlineData("""{"start":9223372036854775807}""", long.MaxValue)]
    [InlineData("""{"start":"\u0031"}""", 1)]
    [InlineData("""{"start":null}""", 0)]
    [InlineData(""" { "start" : 7 , "unknown" : { "deep" : [ 1 , { } ] } } """, 7)]
    public void Int64_AsClientsWriteIt_IsRead(string json, long expected) =>
        Read<SelectMergeStacktracesRequest>(json).Start.ShouldBe(expected);

    [Theory]
    [InlineData("""{"start":1.5}""", "Field 'start': expected a 64-bit integer, found 1.5.")]
    [InlineData("""{"start":"x"}""", "Field 'start': expected a 64-bit integer, found \"x\".")]
    [InlineData("""{"start":""}""", "Field 'start': expected a 64-bit integer, found \"\".")]
    [InlineData("""{"start":" 1"}""", "Field 'start': expected a 64-bit integer, found \" 1\".")]
    [InlineData("""{"start":true}""", "Field 'start': expected a 64-bit integer, found true.")]
    [InlineData("""{"start":9223372036854775808}""", "Field 'start': expected a 64-bit integer, found 9223372036854775808.")]
    [InlineData("""{"start":1e400}""", "Field 'start': expected a 64-bit integer, found 1e400.")]
    [InlineData("""{"stackTraceSelector":{"callSite":[{"name":"a"},{"name":5}]}}""", "Field 'stackTraceSelector.callSite[1].name': expected a string, found 5.")]
    [InlineData("""{"stackTraceSelector":{"goPgo":{"keepLocations":-1}}}""", "Field 'stackTraceSelector.goPgo.keepLocations': expected a unsigned 32-bit integer, found -1.")]
    [InlineData("""{"profileIdSelector":["a",null]}""", "Field 'profileIdSelector[1]': null stands for an absent field, not for an element of an array.")]
    [InlineData("""{"profileIdSelector":"a"}""", "Field 'profileIdSelector': expected an array, found \"a\".")]
    [InlineData("""{"start":1,"start":2}""", "Field 'start': the field occurs twice.")]
    [InlineData("""{"profile_typeID":"a","profileTypeID":"b"}""", "Field 'profileTypeID': the field occurs twice.")]
    [InlineData("""{"async":[]}""", "Field 'async': expected an object, found an array.")]
    [InlineData("""{"format":true}""", "Field 'format': expected the name or the number of a ProfileFormat, found true.")]
    [InlineData("""{"labelSelector":"\ud800"}""", "Field 'labelSelector': the string is not valid Unicode")]
    [InlineData("", "Invalid JSON at line 1")]
    [InlineData("null", "The message: expected an object, found null.")]
    [InlineData("""{"start":1""", "Invalid JSON at line 1, byte 10, near field 'start':")]
    [InlineData("{}{}", "Invalid JSON at line 1, byte 2:")]
    public void Read_WrongValue_NamesTheField(string json, string expected)
    {
        ProtoJson.TryRead<SelectMergeStacktracesRequest>(Encoding.UTF8.GetBytes(json), out var message, out var error).ShouldBeFalse();
        message.ShouldBeNull();
        error.ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("""{"format":"PROFILE_FORMAT_PPROF"}""", ProfileFormat.Pprof)]
    [InlineData("""{"format":2}""", ProfileFormat.Tree)]
    [InlineData("""{"format":2.0}""", ProfileFormat.Tree)]
    [InlineData("""{"format":77}""", (ProfileFormat)77)]
    [InlineData("""{"format":"PROFILE_FORMAT_FUNCTIONS"}""", ProfileFormat.Unspecified)]
    [InlineData("""{"format":null}""", ProfileFormat.Unspecified)]
    public void Enum_NameNumberOrUnknown_IsRead(string json, ProfileFormat expected) =>
        Read<SelectMergeStacktracesRequest>(json).Format.ShouldBe(expected);

    [Fact]
    public void Names_OfDrilldown_MixBothCases()
    {
        var request = Read<SelectMergeProfileRequest>(
            """{"profile_typeID":"p","label_selector":"{}","maxNodes":500,"stackTraceSelector":{"call_site":[{"name":"f"}],"frameFilter":{"includeFunctionNames":["g"]}}}""");
        request.ProfileTypeID.ShouldBe("p");
        request.LabelSelector.ShouldBe("{}");
        request.MaxNodes.ShouldBe(500);
        request.StackTraceSelector.CallSite.Single().Name.ShouldBe("f");
        request.StackTraceSelector.FrameFilter.IncludeFunctionNames.ShouldBe(["g"]);
    }

    [Fact]
    public void Optional_AbsentNullOrZero_KeepsPresence()
    {
        Read<SelectMergeStacktracesRequest>("{}").HasMaxNodes.ShouldBeFalse();
        Read<SelectMergeStacktracesRequest>("""{"maxNodes":null}""").HasMaxNodes.ShouldBeFalse();
        Read<SelectMergeStacktracesRequest>("""{"maxNodes":0}""").HasMaxNodes.ShouldBeTrue();
        Read<SelectSeriesRequest>("""{"aggregation":"FUTURE"}""").HasAggregation.ShouldBeFalse();
        Read<SelectMergeStacktracesRequest>("""{"async":{}}""").Async.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("+/+/", "FBFFBF")]
    [InlineData("-_-_", "FBFFBF")]
    [InlineData("AQ==", "01")]
    [InlineData("AQ", "01")]
    [InlineData("AQI", "0102")]
    [InlineData("AQI=", "0102")]
    [InlineData("\\/\\/8=", "FFFF")]
    [InlineData("", "")]
    public void Bytes_EitherAlphabet_WithOrWithoutPadding(string base64, string hex) =>
        Convert.ToHexString(Read<RawSample>($$"""{"rawProfile":"{{base64}}"}""").RawProfile.Span).ShouldBe(hex);

    [Theory]
    [InlineData("A")]
    [InlineData("!!!!")]
    [InlineData("AQ==AQ==")]
    public void Bytes_NotBase64_AreRefused(string base64) =>
        Should.Throw<ProtoJsonException>(() => Read<RawSample>($$"""{"rawProfile":"{{base64}}"}"""))
            .Message.ShouldBe("Field 'rawProfile': the string is not base64.");

    [Theory]
    [InlineData("1", 1)]
    [InlineData("0.5", 0.5)]
    [InlineData("\"2.5e-1\"", 0.25)]
    [InlineData("\"NaN\"", double.NaN)]
    [InlineData("\"Infinity\"", double.PositiveInfinity)]
    [InlineData("\"-Infinity\"", double.NegativeInfinity)]
    public void Double_NumberOrString_IsRead(string json, double expected) =>
        Read<Point>($$"""{"value":{{json}}}""").Value.ShouldBe(expected);

    [Theory]
    [InlineData("1e999")]
    [InlineData("\"inf\"")]
    [InlineData("\"\"")]
    [InlineData("{}")]
    public void Double_Else_IsRefused(string json) =>
        Should.Throw<ProtoJsonException>(() => Read<Point>($$"""{"value":{{json}}}"""));

    [Fact]
    public void Depth_OverTheLimit_IsAnErrorNotACrash()
    {
        // FileDescriptorProto contains messages that contain themselves.
        var ok = string.Concat(Enumerable.Repeat("""{"nestedType":[""", 98)) + "{}" + string.Concat(Enumerable.Repeat("]}", 98));
        Read<DescriptorProto>(ok).NestedType.Count.ShouldBe(1);
        var deep = string.Concat(Enumerable.Repeat("""{"nestedType":[""", 101));
        Should.Throw<ProtoJsonException>(() => Read<DescriptorProto>(deep)).Message.ShouldEndWith("messages nest deeper than 100.");
        var unknown = "{\"x\":" + new string('[', 10_000);
        Should.Throw<ProtoJsonException>(() => Read<DescriptorProto>(unknown)).Message.ShouldStartWith("Invalid JSON");
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z", 1767323045, 0)]
    [InlineData("2026-01-02T03:04:05.123456789Z", 1767323045, 123456789)]
    [InlineData("2026-01-02T05:04:05.5+02:00", 1767323045, 500000000)]
    public void Timestamp_Text_IsRead(string text, long seconds, int nanos) =>
        Read<Timestamp>($"\"{text}\"").ShouldBe(new Timestamp { Seconds = seconds, Nanos = nanos });

    [Theory]
    [InlineData("\"2026-01-02T03:04:05\"")]
    [InlineData("\"2026-13-02T03:04:05Z\"")]
    [InlineData("\"now\"")]
    [InlineData("5")]
    public void Timestamp_Else_IsRefused(string json) => Should.Throw<ProtoJsonException>(() => Read<Timestamp>(json));

    [Theory]
    [InlineData("1.5s", 1, 500000000)]
    [InlineData("-0.25s", 0, -250000000)]
    [InlineData("3s", 3, 0)]
    public void Duration_Text_IsRead(string text, long seconds, int nanos) =>
        Read<Duration>($"\"{text}\"").ShouldBe(new Duration { Seconds = seconds, Nanos = nanos });

    [Fact]
    public void Wrappers_AreNotSupported() =>
        Should.Throw<NotSupportedException>(() => Read<Int64Value>("1"));

    [Fact]
    public void Read_DamagedBytes_GivesMessageOrError()
    {
        var samples = Samples.All.Select(m => (Message: m, Json: ProtoJsonWriteTests.Write(m))).ToArray();
        foreach (var (message, json) in samples)
        {
            Mutations.Fuzz([Encoding.UTF8.GetBytes(json)], 4_000, bytes =>
            {
                var copy = message.Descriptor.Parser.ParseFrom(ByteString.Empty);
                try
                {
                    ProtoJsonReader.Read(bytes, copy);
                }
                catch (ProtoJsonException)
                {
                    return;
                }
                // What was read can be written and read again.
                var again = message.Descriptor.Parser.ParseFrom(ByteString.Empty);
                ProtoJsonReader.Read(Encoding.UTF8.GetBytes(ProtoJsonWriteTests.Write(copy)), again);
                again.ShouldBe(copy);
            });
        }
    }

    private static T Read<T>(string json)
        where T : class, IMessage, new() => ProtoJson.Read<T>(Encoding.UTF8.GetBytes(json));
}
