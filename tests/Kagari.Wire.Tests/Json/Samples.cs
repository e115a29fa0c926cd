using Google.Protobuf;
using Kagari.Wire.Google;
using Kagari.Wire.Push;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Wire.Tests.Json;

/// <summary>Messages with all kinds of fields filled.</summary>
internal static class Samples
{
    public static IMessage[] All { get; } =
    [
        new SelectMergeStacktracesRequest
        {
            ProfileTypeID = "process_cpu:cpu:nanoseconds:cpu:nanoseconds",
            LabelSelector = """{service_name="a<b>&\"ü\"\n😀"}""",
            Start = -1,
            End = long.MaxValue,
            MaxNodes = 0,
            Format = ProfileFormat.Pprof,
            StackTraceSelector = new StackTraceSelector
            {
                CallSite = { new Types.Location { Name = "main" }, new Types.Location() },
                GoPgo = new GoPGO { KeepLocations = uint.MaxValue, AggregateCallees = true },
                FrameFilter = new FrameFilter { IncludeFunctionNameRegexes = { "^a" } },
            },
            SpanSelector = { "", "00" },
            Async = new AsyncQueryRequest { Type = AsyncQueryType.Force },
        },
        new SelectHeatmapResponse
        {
            Series =
            {
                new HeatmapSeries
                {
                    Slots = { new HeatmapSlot { YMin = { 0, 0.5, double.NaN, double.NegativeInfinity }, Counts = { 0, -1, int.MaxValue } } },
                },
            },
        },
        new SelectMergeStacktracesResponse
        {
            Tree = ByteString.CopyFrom(0, 255, 254),
            Flamegraph = new FlameGraph { Names = { "total", "" }, Levels = { new Level { Values = { 0, -1, long.MinValue } }, new Level() } },
            Pprof = new PprofProfile { Profile = new Profile { Sample = { new Sample { LocationId = { 1, ulong.MaxValue } } } } },
        },
        new PushRequest { Series = { new RawProfileSeries { Samples = { new RawSample { RawProfile = ByteString.CopyFromUtf8("pprof") } } } } },
    ];
}
