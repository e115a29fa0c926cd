using Kagari.Testing;
using static Kagari.Profiles.Tests.NetTrace.NetTraceDrawing;

namespace Kagari.Profiles.Tests.NetTrace;

public sealed class NetTraceProfilesTests
{
    private const int Sample = 1, Method = 2, Tick = 3, Sampled = 4, Start = 5, Stop = 6, Exception = 7, Module = 8, OldStop = 9;

    private static readonly byte[] s_external = [1, 0, 0, 0], s_managed = [2, 0, 0, 0];

    [Fact]
    public void TryRead_Samples_AreCpuWhereManagedCodeRanAndWallAlways()
    {
        var trace = Trace().Stacks(1, [0x1010, 0x2010], [0x1020])
            .Events(Event(Sample, 1, 1_000, s_managed), Event(Sample, 2, 3_000, s_external), Event(Sample, 1, 5_000, s_managed)).Events(Methods()).ToArray();
        // Three samples in 4 ms: one every 2 ms, whatever the sampler was asked for.
        Draw(trace, "cpu").ShouldBe("cpu:nanoseconds cpu:nanoseconds process_cpu | N.B.Two;N.A.One 4000000");
        Draw(trace, "wall").ShouldBe("wall:nanoseconds cpu:nanoseconds wall | N.A.One 2000000 | N.B.Two;N.A.One 4000000");
        var cpu = Read(trace)[0].Profile;
        (cpu.Period, cpu.TimeNanos, cpu.DurationNanos).ShouldBe((2_000_000, 1_795_290_699_250_000_000, 8_000_000));
    }

    [Fact]
    public void TryRead_Allocations_AreWhatATickSaysOrWhatLotsSay()
    {
        var tick = Payload(w =>
        {
            w.Write(100);
            w.Write(new byte[6]);
            w.Write(100_000L);
            w.Write(5L);
            Utf16(w, "System.Byte[]");
            w.Write(new byte[4 + 8]);
            w.Write(1_000L);
        });
        var ticks = Trace().Stacks(1, [0x1010]).Events(Event(Tick, 1, 1, tick), Event(Tick, 1, 2, tick)).Events(Methods());
        Draw(ticks.ToArray(), "alloc").ShouldBe("alloc_samples:count alloc_size:bytes space:bytes memory | N.A.One 200,200000");
        var sampled = Payload(w =>
        {
            w.Write(new byte[4 + 2 + 8]);
            Utf16(w, "System.Byte[]");
            w.Write(0L);
            w.Write(1_024L);
            w.Write(0L);
        });
        // One of 100.5 objects of a kilobyte is drawn; where lots are drawn ticks do not count too.
        Draw(ticks.Events(Event(Sampled, 1, 3, sampled)).ToArray(), "alloc").ShouldBe("alloc_samples:count alloc_size:bytes space:bytes memory | N.A.One 101,102912");
    }

    [Fact]
    public void TryRead_Contentions_AreOfTheStackThatBeganToWait()
    {
        static byte[] Ended(double nanos) => Payload(w =>
        {
            w.Write((byte)0);
            w.Write((short)1);
            w.Write(nanos);
        });
        var trace = Trace().Stacks(1, [0x1010], [0x2010]).Events(
            Event(Start, 1, 10, [0, 1, 0]), Event(Stop, 2, 20, Ended(7_000)),    // waited at One
            Event(Stop, 2, 30, Ended(500)),                                      // began before the trace
            Event(Start, 1, 40, [1, 1, 0]), Event(Stop, 2, 50, [1, .. Ended(9)[1..]]),   // of the runtime itself
            Event(Start, 1, 60, [0, 1, 0]), Event(OldStop, 2, 68, [0, 1, 0]),    // 8 µs by the clock
            Event(Stop, 2, 70, Ended(double.NaN))).Events(Methods()).ToArray();
        Draw(trace, "lock").ShouldBe("lock_count:count lock_time:nanoseconds cpu:nanoseconds lock | N.A.One 2,15000 | N.B.Two 1,500");
        NetTraceProfiles.TryRead(trace, DecodeLimits.Default, out _, out var diagnostics, out _).ShouldBeTrue();
        diagnostics.ShouldBe(["1 events are shorter than their kind is and were passed over"]);
    }

    [Fact]
    public void TryRead_Exceptions_HaveTheirTypeAsLeaf()
    {
        static byte[] Thrown(string type) => Payload(w => Utf16(w, type));
        var trace = Trace().Stacks(1, [0x1010, 0x2010], [0x3010, 0x1010, 0x2010]).Events(
            Event(Exception, 1, 1, Thrown("N.Gone`1[System.Int32]")), Event(Exception, 1, 2, Thrown("N.Gone`1[System.Int32]")),
            Event(Exception, 2, 3, Thrown("N.Late"))).Events([.. Methods(), Event(Method, 0, 9_000, NetTraceDrawing.Method(0x3000, 0x100, "System.Runtime.EH", "DispatchEx"))]).ToArray();
        // What throws is no part of the program.
        Draw(trace, "exception").ShouldBe("exception:count cpu:nanoseconds exception | N.B.Two;N.A.One;N.Gone<int> 2 | N.B.Two;N.A.One;N.Late 1");
    }

    [Theory]
    [InlineData(new ulong[] { 0x1000 }, "N.A.One")]
    [InlineData(new ulong[] { 0x10ff }, "N.A.One")]
    [InlineData(new ulong[] { 0x1100 }, "N.A.One")]                    // behind a call that never returns
    [InlineData(new ulong[] { 0x1101 }, "[unknown]")]
    [InlineData(new ulong[] { 0x1010, 0x2100 }, "N.B.Two;N.A.One")]     // a return address at the very end
    [InlineData(new ulong[] { 0x1010, 0x2000 }, "[unknown];N.A.One")]
    [InlineData(new ulong[] { 0, ulong.MaxValue }, "[unknown];[unknown]")]
    public void TryRead_Addresses_AreThoseOfTheMethodThatHoldsThem(ulong[] stack, string expected) =>
        Draw(Trace().Stacks(1, stack).Events(Event(Sample, 1, 1, s_managed)).Events(Methods()).ToArray(), "cpu").ShouldEndWith($"| {expected} 1000000");

    [Theory]
    [InlineData(0x1000, 0x100, 10, "New")]
    [InlineData(0x1008, 0x10, 10, "New")]       // within the old one
    [InlineData(0x0f00, 0x200, 10, "New")]      // around it
    [InlineData(0x1008, 0x10, 1, "One")]        // told before it
    [InlineData(0x1020, 0x10, 10, "One")]       // elsewhere in it
    public void TryRead_CodeOfTwoMethodsAtOneAddress_IsTheNewerOnes(ulong start, uint size, long ticks, string expected)
    {
        var trace = Trace().Stacks(1, [0x1010], [0x1018]).Events(Event(Sample, 1, 100, s_managed))
            .Events(Event(Method, 0, 5, NetTraceDrawing.Method(0x1000, 0x100, "N", "One"))).Events(Event(Method, 0, ticks, NetTraceDrawing.Method(start, size, "N", "New"))).ToArray();
        Draw(trace, "cpu").ShouldEndWith($"| N.{expected} 1000000");
    }

    [Fact]
    public void TryRead_Modules_AreFilesOfFunctions()
    {
        var module = Payload(w =>
        {
            w.Write(1L);
            w.Write(new byte[16]);
            Utf16(w, @"C:\app\Shop.dll");
        });
        var profile = Read(Trace().Stacks(1, [0x1010]).Events(Event(Sample, 1, 1, s_managed), Event(Module, 0, 2, module)).Events(Methods()).ToArray())[0].Profile;
        profile.GetString(profile.Functions[0].FileName).ShouldBe("Shop.dll");
        profile.GetString(profile.Mappings[profile.Locations[0].Mapping].FileName).ShouldBe(@"C:\app\Shop.dll");
    }

    [Fact]
    public void TryRead_CutOrLossy_SaysSo()
    {
        var trace = Trace().Stacks(1, [0x1010]).Events(Event(Sample, 1, 1, s_managed)).SequencePoint((70, 3)).ToArray(isComplete: false);
        NetTraceProfiles.TryRead(trace, DecodeLimits.Default, out var profiles, out var diagnostics, out var error).ShouldBeTrue(error.Message);
        diagnostics.ShouldBe(
        [
            $"the trace ends at byte {trace.Length} without its end; what came whole, up to byte {trace.Length}, is here, names of methods may be missing",
            "the process lost 2 events, because its buffers were full",
        ]);
        var profile = profiles[0].Profile;
        profile.Comments.Span.ToArray().Select(profile.GetString).ShouldBe(diagnostics);
    }

    [Fact]
    public void TryRead_BeyondLimits_NamesThem()
    {
        var trace = Trace().Stacks(1, [0x1010, 0x2010], [0x1010]).Events(Event(Sample, 1, 1, s_managed), Event(Sample, 2, 2, s_managed)).Events(Methods()).ToArray();
        Refused(new DecodeLimits { BytesMax = 100 }).ShouldBe((ProfileErrorKind.TooLarge, $"nettrace: the file of {trace.Length} bytes exceeds the limit of 100 bytes"));
        Refused(new DecodeLimits { SamplesMax = 1 }).ShouldBe((ProfileErrorKind.TooManySamples, "nettrace: the Cpu profile has 2 different samples; the limit is 1"));
        NetTraceProfiles.TryRead(trace, new DecodeLimits { DepthMax = 1, StringBytesMax = 3 }, out var profiles, out _, out _).ShouldBeTrue();
        Drawings.Draw(profiles[0].Profile).ShouldBe("One 1000 | Two 1000");

        (ProfileErrorKind, string) Refused(DecodeLimits limits)
        {
            NetTraceProfiles.TryRead(trace, limits, out _, out _, out var error).ShouldBeFalse();
            return (error.Kind, error.Message);
        }
    }

    [Fact]
    public void TryRead_NoSamples_IsRefused()
    {
        NetTraceProfiles.TryRead(Trace().Events(Methods()).ToArray(isComplete: false), DecodeLimits.Default, out _, out _, out var error).ShouldBeFalse();
        error.Message.ShouldStartWith("nettrace: there is no sample of CPU, allocations, locks or exceptions; the trace ends at byte ");
    }

    /// <summary>What tests/Kagari.Workload did when testdata/dotnet was recorded.</summary>
    [Fact]
    public void TryRead_GoldenTrace_HasWhatTheProgramDid()
    {
        NetTraceProfiles.TryRead(GoldenTrace.Bytes, DecodeLimits.Default, out var profiles, out var diagnostics, out var error).ShouldBeTrue(error.Message);
        diagnostics.ShouldBeEmpty();
        profiles.Select(p => $"{p.Name} {p.Family}").ShouldBe(["cpu process_cpu", "wall wall", "alloc memory", "lock lock", "exception exception"]);
        Totals(0).ShouldContainKey("Kagari.Workload.Calculation.Seventy");
        Totals(2, column: 1)["Kagari.Workload.Allocations.Run"].ShouldBeInRange(76_000_000, 85_000_000);
        Totals(3)["Kagari.Workload.Locks.Enter"].ShouldBe(3);
        Totals(4)["Kagari.Workload.WorkloadException"].ShouldBe(25);
        profiles.ShouldAllBe(p => !NetTraceTotals.Of(p.Profile, 0).ContainsKey("[unknown]"));

        Dictionary<string, long> Totals(int index, int column = 0) => NetTraceTotals.Of(profiles[index].Profile, column);
    }

    /// <summary>Sequence numbers are not what these tests are about: each event has its own block's.</summary>
    private static NetTraceDrawnEvent Event(int type, int stack, long ticks, byte[] payload) => new(type, 1, 70, stack, ticks, payload);

    private static NetTraceDrawnEvent[] Methods() =>
        [Event(Method, 0, 8_000, NetTraceDrawing.Method(0x1000, 0x100, "N.A", "One")), Event(Method, 0, 9_000, NetTraceDrawing.Method(0x2000, 0x100, "N.B", "Two"))];

    private static NetTraceDrawing Trace() => new NetTraceDrawing(hasShortHeaders: false).Types(
        (Sample, Sampler, 0, 0), (Method, Rundown, 144, 2), (Tick, Runtime, 10, 4), (Sampled, Runtime, 303, 0),
        (Start, Runtime, 81, 2), (Stop, Runtime, 91, 1), (Exception, Runtime, 80, 1), (Module, Rundown, 154, 2), (OldStop, Runtime, 91, 0));

    private static IReadOnlyList<ImportedProfile> Read(byte[] trace)
    {
        ProfileImport.TryRead(trace, DecodeLimits.Default, out var format, out var profiles, out var error).ShouldBeTrue(error.Message);
        format.ShouldBe(ImportFormat.NetTrace);
        return profiles;
    }

    private static string Draw(byte[] trace, string name)
    {
        var (profile, family) = Read(trace).Where(p => p.Name == name).Select(p => (p.Profile, p.Family)).Single();
        var types = string.Join(' ', profile.SampleTypes.Span.ToArray().Append(profile.PeriodType).Select(t => $"{profile.GetString(t.Type)}:{profile.GetString(t.Unit)}"));
        return $"{types} {family} | {Drawings.Draw(profile)}";
    }
}
