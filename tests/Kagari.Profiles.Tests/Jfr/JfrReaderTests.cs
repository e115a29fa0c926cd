using System.Buffers.Binary;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Jfr;

public sealed class JfrReaderTests
{
    private const string Sample = "jdk.ExecutionSample";
    private const string WallSample = "profiler.WallClockSample";

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "jdk.ObjectAllocationInNewTLAB tlabSize=64 allocationSize=16", "memory alloc_in_new_tlab_objects:count alloc_in_new_tlab_bytes:bytes space:bytes", "p/A.a 1,64" },
        { "jdk.ObjectAllocationOutsideTLAB allocationSize=16", "memory alloc_outside_tlab_objects:count alloc_outside_tlab_bytes:bytes space:bytes", "p/A.a 1,16" },
        { "jdk.ObjectAllocationSample weight=9", "memory alloc_sample_objects:count alloc_sample_bytes:bytes space:bytes", "p/A.a 1,9" },
        { "jdk.JavaMonitorEnter duration=5000", "mutex contentions:count delay:nanoseconds mutex:count", "p/A.a 1,5000" },
        { "jdk.ThreadPark duration=6000", "block contentions:count delay:nanoseconds block:count", "p/A.a 1,6000" },
        { "profiler.LiveObject allocationSize=7", "memory live:count objects:count", "p/A.a 1" },
        { "profiler.Malloc size=8", "memory malloc_objects:count malloc_bytes:bytes :", "p/A.a 1,8" },
        { "jdk.ExecutionSample", "process_cpu cpu:nanoseconds cpu:nanoseconds", "p/A.a 10000000" },
        { "profiler.WallClockSample samples=3", "wall wall:nanoseconds wall:nanoseconds", "p/A.a 30000000" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fill_EachKindOfEvent_HasItsTypesAndValues(string @event, string types, string drawing)
    {
        foreach (var isCompressed in new[] { true, false })
        {
            var parts = @event.Split(' ');
            var fields = parts[1..].Select(f => (f.Split('=')[0], long.Parse(f.Split('=')[1]))).ToArray();
            var reader = Read(new JfrDrawing(isCompressed).Event(parts[0], "p/A.a", fields).ToArray());
            var kind = Enum.GetValues<JfrProfileKind>().Single(reader.Has);
            var profile = Profile(reader, kind);
            $"{JfrReader.FamilyOf(kind)} {string.Join(' ', profile.SampleTypes.Span.ToArray().Append(profile.PeriodType).Select(t => $"{profile.GetString(t.Type)}:{profile.GetString(t.Unit)}"))}".ShouldBe(types);
            Drawings.Draw(profile).ShouldBe(drawing);
        }
    }

    [Fact]
    public void TryRead_TwoChunks_AddUp()
    {
        var first = new JfrDrawing().Event(Sample, "p/A.a;p/A.b").Event(Sample, "p/A.a").ToArray();
        var second = new JfrDrawing(isCompressed: false).Event(Sample, "p/B.x;p/A.a").Event(Sample, "p/A.a;p/A.b").ToArray();
        Draw([.. first, .. second], JfrProfileKind.Cpu).ShouldBe("p/A.a 10000000 | p/A.a;p/A.b 20000000 | p/B.x;p/A.a 10000000");
    }

    /// <summary>The kinds of one recording are read from one stream: none may see what another left behind.</summary>
    [Fact]
    public void TryRead_AllocationAfterWallClockSample_CountsOne()
    {
        var recording = new JfrDrawing().Event(WallSample, "p/A.a", ("samples", 500)).Event("jdk.ObjectAllocationSample", "p/A.a", ("weight", 8))
            .Event("jdk.ThreadPark", "p/A.a", ("duration", 8)).Event("profiler.LiveObject", "p/A.a").ToArray();
        Draw(recording, JfrProfileKind.AllocationSample).ShouldBe("p/A.a 1,8");
        Draw(recording, JfrProfileKind.Block).ShouldBe("p/A.a 1,8");
        Draw(recording, JfrProfileKind.Live).ShouldBe("p/A.a 1");
    }

    [Theory]
    [InlineData("cpu", "p/A.r 10000000", "")]
    [InlineData("wall", "p/A.r 10000000", "p/A.r 10000000 | p/A.s 10000000")]
    public void TryRead_ExecutionSamples_SleepersAreOnlyWallTime(string @event, string cpu, string wall)
    {
        var recording = new JfrDrawing().Setting("interval", "1").Setting("event", @event)
            .EventIn("STATE_RUNNABLE", Sample, "p/A.r").EventIn("STATE_SLEEPING", Sample, "p/A.s").ToArray();
        Read(recording).Event.ShouldBe(@event);
        Draw(recording, JfrProfileKind.Cpu).ShouldBe(cpu);
        Draw(recording, JfrProfileKind.Wall).ShouldBe(wall);
    }

    [Theory]
    [InlineData("wall", "p/A.r 30000000")]
    [InlineData("cpu", "")]
    public void TryRead_WallClockSamples_RunnersAreCpuTimeWhereTheEventIsWall(string @event, string cpu)
    {
        var recording = new JfrDrawing().Setting("event", @event)
            .EventIn("STATE_RUNNABLE", WallSample, "p/A.r", ("samples", 3)).EventIn("STATE_SLEEPING", WallSample, "p/A.s", ("samples", 4)).ToArray();
        Draw(recording, JfrProfileKind.Cpu).ShouldBe(cpu);
        Draw(recording, JfrProfileKind.Wall).ShouldBe("p/A.r 30000000 | p/A.s 40000000");
    }

    [Fact]
    public void Fill_SampleRate_SaysHowLongASampleIs()
    {
        var reader = Read(new JfrDrawing().Event(Sample, "p/A.a").ToArray());
        var profile = new FlatProfile();
        foreach (var (rate, period) in new[] { (0, 10_000_000L), (-1, 10_000_000L), (100, 10_000_000L), (1000, 1_000_000L), (int.MaxValue, 1L) })
        {
            reader.Fill(JfrProfileKind.Cpu, rate, profile, out _).ShouldBeTrue();
            profile.Values[0].ShouldBe(period);
        }
    }

    [Fact]
    public void Fill_Names_AreThoseOfTheRecordingInEveryEncoding() =>
        Draw(new JfrDrawing().Event(Sample, "p/Ä.α;q/日本.𝄞;r/C.c;s/D.<init>;p/Ä.c;libc.so.6.start").ToArray(), JfrProfileKind.Cpu)
            .ShouldBe("p/Ä.α;q/日本.𝄞;r/C.c;s/D.<init>;p/Ä.c;libc.so.6.start 10000000");

    [Theory]
    [InlineData("App$$Lambda$75.0x0000000800c22a28", "App$$Lambda_")]
    [InlineData("App$$Lambda$177/224063653", "App$$Lambda_")]
    [InlineData("App$$Lambda.0x00007ff32c0c63f8", "App$$Lambda_")]
    [InlineData("jdk/internal/reflect/GeneratedMethodAccessor8", "jdk/internal/reflect/GeneratedMethodAccessor_")]
    [InlineData("App$$Lambda$155+0x00007f47940e7fa0/1182696712", "App$$Lambda$155+0x00007f47940e7fa0/1182696712")]
    [InlineData("App$$Lambda$75.0xnothex", "App$$Lambda$75.0xnothex")]
    [InlineData("App$$Lambda$75.0x", "App$$Lambda$75.0x")]
    [InlineData("App$$Lambda", "App$$Lambda")]
    [InlineData("$$Lambda$1.0x1", "$$Lambda$1.0x1")]
    [InlineData("my/GeneratedMethodAccessor8", "my/GeneratedMethodAccessor8")]
    [InlineData("java.lang.invoke.LambdaForm$MH/90518167", "java.lang.invoke.LambdaForm$MH/90518167")]
    public void Fill_ClassThatTheJvmMadeUp_LosesItsNumber(string type, string expected) =>
        Draw(new JfrDrawing().Event(Sample, $"{type}.run").ToArray(), JfrProfileKind.Cpu).ShouldBe($"{expected}.run 10000000");

    [Fact]
    public void Fill_OneLineOfOneMethod_IsOneLocation()
    {
        var profile = Profile(Read(new JfrDrawing().Event(Sample, "p/A.a:1;p/A.b:2").Event(Sample, "p/A.a:1;p/A.b:3").Event(Sample, "p/A.a:1").ToArray()), JfrProfileKind.Cpu);
        profile.Functions.Count.ShouldBe(2);
        profile.Locations.Count.ShouldBe(3);
        profile.Mappings.Span.ToArray().Single().Flags.ShouldBe(MappingFlags.HasFunctions);
        profile.Locations.Span.ToArray().ShouldAllBe(l => l.Mapping == 0);
    }

    [Fact]
    public void Fill_Contexts_BecomeLabelsAndSpans()
    {
        var recording = new JfrDrawing()
            .Event(Sample, "p/A.a", ("contextId", 0), ("spanId", 0), ("spanName", 0))
            .Event(Sample, "p/A.a", ("contextId", 7), ("spanId", 0), ("spanName", 0))
            .Event(Sample, "p/A.a", ("contextId", 7), ("spanId", 0x1122334455667788), ("spanName", 1))
            .Event(Sample, "p/A.a", ("contextId", 7), ("spanId", -1), ("spanName", 99))
            .Event(Sample, "p/A.a", ("contextId", 8))   // unknown: as none
            .ToArray();
        var labels = LabelsSnapshotDrawing.Of(["GET /cart"], (7, [("region", "eu"), ("user", "x")]), (9, [("not", "used")]));
        var reader = Read(recording, labels);
        Drawings.Draw(Profile(reader, JfrProfileKind.Cpu)).Split(" | ").ShouldBe(
        [
            "p/A.a 20000000",
            "p/A.a 10000000 {region=eu, user=x}",
            "p/A.a 10000000 {region=eu, user=x, profile_id=1122334455667788, span_name=GET /cart}",
            "p/A.a 10000000 {region=eu, user=x, profile_id=ffffffffffffffff}",
        ], ignoreOrder: true);
        Drawings.Draw(Profile(Read(recording), JfrProfileKind.Cpu)).Split(" | ").ShouldBe(
            ["p/A.a 30000000", "p/A.a 10000000 {profile_id=1122334455667788}", "p/A.a 10000000 {profile_id=ffffffffffffffff}"], ignoreOrder: true);
    }

    [Fact]
    public void TryRead_EventWithoutStackOrWithLessThanNothing_IsLeftOut()
    {
        var reader = Read(new JfrDrawing().Event(Sample, "").Event("profiler.Malloc", "p/A.a", ("size", -5)).Event("test.Unknown", "p/A.a", ("x", 1)).ToArray());
        Enum.GetValues<JfrProfileKind>().ShouldAllBe(kind => !reader.Has(kind));
    }

    [Fact]
    public void TryRead_DeepStack_LosesItsLeafFrames() =>
        Draw(new JfrDrawing().Event(Sample, "p/A.a;p/A.b;p/A.c;p/A.d").ToArray(), JfrProfileKind.Cpu, new DecodeLimits { DepthMax = 2 }).ShouldBe("p/A.a;p/A.b 10000000");

    [Fact]
    public void TryRead_LongName_KeepsItsTail() =>
        Draw(new JfrDrawing().Event(Sample, "p/Abcdef.method").ToArray(), JfrProfileKind.Cpu, new DecodeLimits { StringBytesMax = 8 }).ShouldBe("f.method 10000000");

    [Fact]
    public void TryRead_BeyondALimit_NamesIt()
    {
        var two = new JfrDrawing().Event(Sample, "p/A.a", ("contextId", 1)).Event(Sample, "p/A.b", ("contextId", 1)).ToArray();
        Refuse(two, new DecodeLimits { SamplesMax = 1 }).ShouldBe((ProfileErrorKind.TooManySamples, "has more than the limit of 1 different samples of kind Cpu"));
        Refuse(two, new DecodeLimits { BytesMax = 10 }).ShouldBe((ProfileErrorKind.TooLarge, $"jfr: the recording of {two.Length} bytes exceeds the limit of 10 bytes"));
        var labels = LabelsSnapshotDrawing.Of([], (1, [("a", "1"), ("b", "2")]));
        Refuse(two, new DecodeLimits { SampleLabelsMax = 1 }, labels).ShouldBe((ProfileErrorKind.TooManySampleLabels, "has a context with 2 labels; the limit is 1"));
    }

    [Fact]
    public void TryRead_ManyMethodsOfOneLongName_AreMoreThanTheRecordingMaySay()
    {
        var drawing = new JfrDrawing();
        for (var i = 0; i < 100; i++) drawing.Event(Sample, $"{new string('x', 5000)}.m{i}");
        var recording = drawing.ToArray();
        recording.Length.ShouldBeLessThan(50_000);
        var (kind, message) = Refuse(recording, new DecodeLimits { BytesMax = 100_000 });
        kind.ShouldBe(ProfileErrorKind.TooLarge);
        message.ShouldBe("jfr: the names of its methods expand to more than the limit of 100000 bytes");
    }

    [Fact]
    public void Fill_DeepStackWithASpanForEachSample_IsRefusedBeyondItsBound()
    {
        var stack = string.Join(';', Enumerable.Repeat("p/A.a", 900));
        var drawing = new JfrDrawing();
        for (var i = 1; i <= 1000; i++) drawing.Event(Sample, stack, ("spanId", i));
        var recording = drawing.ToArray();
        var reader = Read(recording, limits: new DecodeLimits { BytesMax = recording.Length });
        reader.Fill(JfrProfileKind.Cpu, 100, new FlatProfile(), out var error).ShouldBeFalse();
        (error.Kind, error.Message).ShouldBe((ProfileErrorKind.TooLarge, $"jfr: its samples of kind Cpu expand to more than {8 * recording.Length} frames and labels"));
        Profile(Read(recording), JfrProfileKind.Cpu).Stacks.Count.ShouldBe(900, "samples share their stack");
    }

    [Fact]
    public void TryRead_TimeOfSeveralChunks_IsFromTheFirstBeginToTheLastEnd()
    {
        var recording = new JfrDrawing().ToArray();
        var reader = Read([.. At(500, 50), .. At(100, 10), .. At(200, -3)]);
        (reader.TimeNanos, reader.DurationNanos).ShouldBe((100, 450));

        byte[] At(long start, long duration)
        {
            var chunk = recording.ToArray();
            BinaryPrimitives.WriteInt64BigEndian(chunk.AsSpan(32), start);
            BinaryPrimitives.WriteInt64BigEndian(chunk.AsSpan(40), duration);
            return chunk;
        }
    }

    [Fact]
    public void TryRead_BytesThatAreNone_AreRefusedByName()
    {
        var good = new JfrDrawing().Event(Sample, "p/A.a").ToArray();
        Message([]).ShouldBe("jfr: the recording is empty");
        Message("PK\u0003\u0004"u8.ToArray()).ShouldBe("jfr: the bytes at 0 are no chunk: they do not start with 'FLR' and a zero");
        Message(good[..40]).ShouldBe("jfr: the chunk at byte 0 ends in its header: 40 of 68 bytes");
        Message(good[..^1]).ShouldBe($"jfr: the chunk at byte 0 says that it has {good.Length} bytes; {good.Length - 1} are there (an unfinished or cut recording)");
        Message([.. good, 0]).ShouldBe($"jfr: the bytes at {good.Length} are no chunk: they do not start with 'FLR' and a zero");
        Message(With(good, 4, 0, 9)).ShouldBe("jfr: the chunk at byte 0 has version 9; this reader knows 1 and 2");
        Message(With(good, 16, 0, 0, 0, 0, 0, 0, 0, 5)).ShouldBe($"jfr: the chunk at byte 0 has its constants at 5 of {good.Length} bytes");
        Message(With(good, 24, 127)).ShouldStartWith("jfr: the chunk at byte 0 has its metadata at 9151314442816");
        Message([.. good, .. With(good, 68, 0)]).ShouldBe($"jfr: truncated or malformed event at byte 68, in the chunk at byte {good.Length}");
    }

    [Fact]
    public void TryRead_MalformedLabels_AreRefused() =>
        Refuse(new JfrDrawing().ToArray(), DecodeLimits.Default, [0x0a, 0x05, 0x08]).Message.ShouldBe("labels: truncated or malformed at byte 2 of 3");

    [Fact]
    public void TryRead_AfterARefusal_StartsAnew()
    {
        var reader = new JfrReader();
        var good = new JfrDrawing().Setting("event", "wall").Event(Sample, "p/A.a").ToArray();
        reader.TryRead([.. good, 1], default, DecodeLimits.Default, out _).ShouldBeFalse();
        reader.Has(JfrProfileKind.Cpu).ShouldBeFalse();
        reader.TryRead(new JfrDrawing().Event(Sample, "p/B.b").ToArray(), default, DecodeLimits.Default, out _).ShouldBeTrue();
        reader.Event.ShouldBe("");
        Drawings.Draw(Profile(reader, JfrProfileKind.Cpu)).ShouldBe("p/B.b 10000000");
    }

    /// <summary>A chain of checkpoints that would never end.</summary>
    [Fact]
    public void TryRead_CheckpointThatNamesItself_IsRefused()
    {
        var good = new JfrDrawing(isCompressed: false).Event(Sample, "p/A.a").ToArray();
        var last = (int)BinaryPrimitives.ReadInt64BigEndian(good.AsSpan(16));
        foreach (var distance in new long[] { 1, long.MaxValue, -1, long.MinValue })
        {
            var bad = good.ToArray();
            BinaryPrimitives.WriteInt64BigEndian(bad.AsSpan(last + 4 + 8 + 8 + 8), distance);
            Message(bad).ShouldStartWith("jfr: truncated or malformed constants at byte ");
        }
    }

    private static byte[] With(byte[] bytes, int at, params byte[] change)
    {
        var copy = bytes.ToArray();
        change.CopyTo(copy, at);
        return copy;
    }

    private static string Message(byte[] recording) => Refuse(recording, DecodeLimits.Default).Message;

    private static (ProfileErrorKind Kind, string Message) Refuse(byte[] recording, DecodeLimits limits, byte[]? labels = null)
    {
        new JfrReader().TryRead(recording, labels, limits, out var error).ShouldBeFalse();
        return (error.Kind, error.Message);
    }

    private static string Draw(byte[] recording, JfrProfileKind kind, DecodeLimits? limits = null) => Drawings.Draw(Profile(Read(recording, limits: limits), kind));

    private static JfrReader Read(byte[] recording, byte[]? labels = null, DecodeLimits? limits = null)
    {
        var reader = new JfrReader();
        reader.TryRead(recording, labels, limits ?? DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return reader;
    }

    private static FlatProfile Profile(JfrReader reader, JfrProfileKind kind)
    {
        var profile = new FlatProfile();
        reader.Fill(kind, 100, profile, out var error).ShouldBeTrue(error.Message);
        return profile;
    }
}
