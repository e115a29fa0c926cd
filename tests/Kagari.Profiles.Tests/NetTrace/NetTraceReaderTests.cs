using System.Buffers.Binary;
using static Kagari.Profiles.Tests.NetTrace.NetTraceDrawing;

namespace Kagari.Profiles.Tests.NetTrace;

public sealed class NetTraceReaderTests
{
    private static readonly byte[] s_managed = [2, 0, 0, 0];

    [Theory]
    [InlineData(8, true)]
    [InlineData(8, false)]
    [InlineData(4, true)]
    [InlineData(4, false)]
    public void TryRead_EachForm_HasTheSameEvents(int pointerBytes, bool hasShortHeaders)
    {
        var trace = new NetTraceDrawing(pointerBytes, hasShortHeaders).Types((1, Sampler, 0, 0), (9, "Mine", 3, 1))
            .Stacks(1, [0x10, 0x20], []).Stacks(3, [0x30])
            .Events(new(1, 1, 70, 1, 1_005, s_managed), new(1, 2, 70, 3, 1_006, s_managed) { SequenceBefore = 1 }, new(9, 1, 71, 2, 1_004, [5, 6, 7]) { SequenceBefore = 2 })
            .ToArray();
        var events = NetTraceEvents.Of(trace);
        events.All.ShouldBe(
        [
            ($"{Sampler}/0", 70, 1_005, "10 20", "02000000"),
            ($"{Sampler}/0", 70, 1_006, "30", "02000000"),
            ("Mine/3", 71, 1_004, "", "050607"),
        ]);
        (events.Lost, events.IsComplete).ShouldBe((0, true));
        events.Trace.ShouldBe(new NetTraceInfo(4, 1_795_290_699_250_000_000, 1_000, 1_000_000, pointerBytes, 7, 2, 1_000_000));
        events.Trace.NanosBetween(1_000, 1_005).ShouldBe(5_000);
    }

    [Fact]
    public void TryRead_PiecesOfAnySize_HaveTheSameEvents()
    {
        var whole = NetTraceEvents.Of(GoldenTrace.Bytes);
        whole.All.Count.ShouldBeGreaterThan(1_000);
        foreach (var size in new[] { 1, 7, 4_096 }) NetTraceEvents.Of(GoldenTrace.Bytes, () => size).All.ShouldBe(whole.All);
        for (var seed = 0; seed < 5; seed++)
        {
            var random = new Random(seed);
            NetTraceEvents.Of(GoldenTrace.Bytes, () => random.Next(1, 100_000)).All.ShouldBe(whole.All, $"seed {seed}");
        }
    }

    /// <summary>A profiler that is killed leaves such a file.</summary>
    [Fact]
    public void TryRead_CutAnywhere_HasWhatCameWhole()
    {
        var bytes = new NetTraceDrawing().Types((1, Sampler, 0, 0)).Stacks(1, [0x10]).Events(new NetTraceDrawnEvent(1, 1, 70, 1, 1_005, s_managed))
            .Events(new NetTraceDrawnEvent(1, 2, 70, 1, 1_006, s_managed)).ToArray();
        var counts = new List<int>();
        for (var length = 0; length < bytes.Length; length++)
        {
            var events = NetTraceEvents.Of(bytes.AsSpan(0, length));
            events.IsComplete.ShouldBeFalse();
            counts.Add(events.All.Count);
        }
        counts.ShouldBe(counts.Order());
        counts.Distinct().ShouldBe([0, 1, 2]);
    }

    [Fact]
    public void TryRead_SequencePoint_ForgetsStacks()
    {
        var trace = new NetTraceDrawing().Types((1, Sampler, 0, 0)).Stacks(1, [0x10], [0x20]).SequencePoint((70, 0)).Stacks(1, [0x30])
            .Events(new NetTraceDrawnEvent(1, 1, 70, 1, 1_005, s_managed), new NetTraceDrawnEvent(1, 2, 70, 2, 1_006, s_managed) { SequenceBefore = 1 }).ToArray();
        NetTraceEvents.Of(trace).All.Select(e => e.Stack).ShouldBe(["30", ""]);
    }

    [Theory]
    [InlineData(1u, 2u, 2u, 0)]
    [InlineData(1u, 5u, 5u, 3)]
    [InlineData(3u, 4u, 4u, 2)]
    [InlineData(1u, 2u, 9u, 7)]
    [InlineData(1u, 1u, 1u, 0)]
    public void TryRead_GapsInSequences_AreLostEvents(uint first, uint second, uint atPoint, int lost)
    {
        foreach (var hasShortHeaders in new[] { true, false })
        {
            var trace = new NetTraceDrawing(8, hasShortHeaders).Types((1, Sampler, 0, 0)).Events(new NetTraceDrawnEvent(1, first, 70, 0, 1_005, s_managed))
                .Events(new NetTraceDrawnEvent(1, second, 70, 0, 1_006, s_managed)).SequencePoint((70, atPoint)).ToArray();
            NetTraceEvents.Of(trace).Lost.ShouldBe(lost);
        }
    }

    [Fact]
    public void TryRead_BlocksOfUnknownKinds_ArePassedOver()
    {
        var drawing = new NetTraceDrawing().Block("FutureBlock", new byte[70_001], version: 9).Types((1, Sampler, 0, 0)).Block("Other", [])
            .Events(new NetTraceDrawnEvent(1, 1, 70, 0, 1_005, s_managed)).ToArray();
        foreach (var size in new[] { 1, 1_000, 1_000_000 }) NetTraceEvents.Of(drawing, () => size).All.Count.ShouldBe(1);
        var reader = new NetTraceReader(new NetTraceEvents());
        reader.TryRead(drawing, out _).ShouldBeTrue();
        (reader.UnknownBlocks, reader.Position, reader.IsComplete).ShouldBe((2, drawing.Length, true));
    }

    public static TheoryData<string, byte[]> Broken => new()
    {
        { "the file is of version 6.0; this reader knows 4 and 5", [.. "Nettrace"u8, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3] },
        { "the file is of version 3; this reader knows 4 and 5", new NetTraceDrawing(version: 3).ToArray() },
        { "the file is of version 6; this reader knows 4 and 5", new NetTraceDrawing(version: 6).ToArray() },
        { "the EventBlock at byte 102 is of version 3; this reader knows 2", new NetTraceDrawing().Block("EventBlock", [], version: 3).ToArray() },
        { "the file does not start with 'Nettrace'", new byte[40] },
        { "at byte 8 is not '!FastSerialization.1'", [.. "Nettrace"u8, 20, 0, 0, 0, .. "!FastSerialization.2"u8] },
        { "no trace with a clock and pointers of 4 or 8 bytes", new NetTraceDrawing(pointerBytes: 3).ToArray() },
        { "the StackBlock at byte 102 has stacks that run past its end", new NetTraceDrawing().Block("StackBlock", [1, 0, 0, 0, 1, 0, 0, 0, 8, 0, 0, 0, 1]).ToArray() },
        { "the SPBlock at byte 102 has threads that run past its end", new NetTraceDrawing().Block("SPBlock", [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0]).ToArray() },
        { "the EventBlock at byte 102 is too short", new NetTraceDrawing().Block("EventBlock", [1]).ToArray() },
        { "has an event of kind 4, which nothing describes", new NetTraceDrawing().Events(new NetTraceDrawnEvent(4, 1, 1, 0, 0, [])).ToArray() },
        { "at byte 102 no object begins", [.. new NetTraceDrawing().ToArray(isComplete: false), .. new byte[16]] },
        { "the MetadataBlock at byte 102 has a description of an event that runs past its end", DescriptionWithoutText() },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void TryRead_Broken_SaysWhereAndStaysSo(string message, byte[] trace)
    {
        var reader = new NetTraceReader(new NetTraceEvents());
        reader.TryRead(trace, out var error).ShouldBeFalse();
        error.Message.ShouldStartWith("nettrace: ");
        error.Message.ShouldContain(message);
        reader.TryRead(GoldenTrace.Bytes, out var again).ShouldBeFalse();
        again.ShouldBe(error);
    }

    [Fact]
    public void TryRead_GiantBlock_IsRefusedBeforeItComes()
    {
        var trace = new NetTraceDrawing().Block("EventBlock", []).ToArray();
        BinaryPrimitives.WriteInt32LittleEndian(trace.AsSpan(trace.Length - 6), int.MaxValue);
        var reader = new NetTraceReader(new NetTraceEvents());
        reader.TryRead(trace, out var error).ShouldBeFalse();
        error.Message.ShouldContain("bytes; the limit is 67108864");
    }

    private static byte[] DescriptionWithoutText()
    {
        var block = new byte[24 + 12];
        block[0] = 24;
        block[2] = 1;
        block[24] = 128;   // a short head with the payload's size
        block[26] = 9;
        block.AsSpan(27).Fill(1);
        return new NetTraceDrawing().Block("MetadataBlock", block).ToArray();
    }
}
