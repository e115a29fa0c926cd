using System.Buffers.Binary;
using Kagari.Testing;
using static Kagari.Profiles.Tests.NetTrace.NetTraceDrawing;

namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>Any bytes, in pieces of any size, give profiles whose references all hold, or an error: never an exception, never much memory.</summary>
public sealed class NetTraceFuzzTests
{
    private const int BytesMax = 1 << 20;

    private static readonly DecodeLimits s_limits = new() { BytesMax = BytesMax, SamplesMax = 5_000, DepthMax = 20, StringBytesMax = 100 };

    [Fact]
    public void TryRead_MutatedTraces_HoldOrAreRefused()
    {
        byte[][] corpus = [GoldenTrace.Bytes, Small(true, 8), Small(false, 8), Small(true, 4)];
        var good = 0;
        foreach (var seed in FuzzBudget.Seeds(400))
        {
            var random = new Random(seed);
            var which = random.Next(4) == 0 ? 0 : random.Next(1, corpus.Length);
            var input = Mutate(corpus[which], random);
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                var isRead = NetTraceProfiles.TryRead(input, s_limits, out var profiles, out _, out var error);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                allocated.ShouldBeLessThan(64L * BytesMax);
                if (isRead) good++;
                Check(isRead, profiles, error);
                CheckPieces(input, random);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, input {which}", e);
            }
        }
        good.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void TryRead_CutAnywhere_HoldsOrIsRefused()
    {
        foreach (var (isShort, pointer) in new[] { (true, 8), (false, 4) })
        {
            var whole = Small(isShort, pointer);
            for (var length = 0; length < whole.Length; length++)
            {
                var isRead = NetTraceProfiles.TryRead(whole.AsSpan(0, length), s_limits, out var profiles, out var diagnostics, out var error);
                Check(isRead, profiles, error);
                if (isRead) diagnostics.ShouldNotBeEmpty();
            }
        }
    }

    /// <summary>Found by mutation: two billion stacks in a block of a few bytes.</summary>
    [Fact]
    public void TryRead_MoreStacksThanABlockHolds_IsRefusedAtOnce()
    {
        var trace = new NetTraceDrawing().Block("StackBlock", [1, 0, 0, 0, 0xff, 0xff, 0xff, 0x7e, 0, 0, 0, 0]).ToArray();
        var before = GC.GetAllocatedBytesForCurrentThread();
        NetTraceProfiles.TryRead(trace, s_limits, out _, out _, out var error).ShouldBeFalse();
        error.Message.ShouldContain("has stacks that run past its end");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(BytesMax);
    }

    /// <summary>Five thousand methods over each other: what costs more than its bytes would show here.</summary>
    [Fact]
    public void TryRead_ManyMethodsAtOnePlace_Ends()
    {
        var drawing = new NetTraceDrawing().Types((1, Sampler, 0, 0), (2, Rundown, 144, 2)).Stacks(1, [0x10_0000]);
        var events = Enumerable.Range(0, 5_000).Select(i => new NetTraceDrawnEvent(2, (uint)i + 1, 7, 0, i, Method((ulong)(0x1000 + i), 0x20_0000, "N", "m")) { SequenceBefore = (uint)i }).ToArray();
        var trace = drawing.Events(events).Events(new NetTraceDrawnEvent(1, 5_001, 7, 1, 9_000, [2, 0, 0, 0])).ToArray();
        NetTraceProfiles.TryRead(trace, DecodeLimits.Default, out var profiles, out _, out var error).ShouldBeTrue(error.Message);
        Drawings.Draw(profiles[0].Profile).ShouldBe("N.m 1000000");
    }

    private static void CheckPieces(byte[] input, Random random)
    {
        var reader = new NetTraceReader(new NetTraceEvents());
        for (var at = 0; at < input.Length;)
        {
            var length = Math.Min(random.Next(1, 100_000), input.Length - at);
            if (!reader.TryRead(input.AsSpan(at, length), out var error))
            {
                error.Message.ShouldStartWith("nettrace: ");
                return;
            }
            at += length;
        }
        reader.Position.ShouldBeLessThanOrEqualTo(input.Length);
    }

    private static void Check(bool isRead, IReadOnlyList<ImportedProfile> profiles, ProfileError error)
    {
        if (!isRead)
        {
            error.Message.ShouldStartWith("nettrace: ");
            profiles.ShouldBeEmpty();
            return;
        }
        foreach (var profile in profiles.Select(p => p.Profile))
        {
            profile.Samples.Count.ShouldBeInRange(1, s_limits.SamplesMax);
            profile.Values.Count.ShouldBe(profile.Samples.Count * profile.SampleTypes.Count);
            profile.DurationNanos.ShouldBeGreaterThanOrEqualTo(0);
            foreach (var value in profile.Values.Span) value.ShouldBeGreaterThanOrEqualTo(0);
            foreach (ref readonly var sample in profile.Samples.Span)
            {
                sample.StackCount.ShouldBeInRange(1, s_limits.DepthMax);
                foreach (var location in profile.StackOf(sample))
                {
                    var function = profile.Functions[profile.Lines[profile.Locations[location].LineStart].Function];
                    (profile.Text(function.Name).Length + profile.Text(function.SystemName).Length + profile.Text(function.FileName).Length).ShouldBeLessThanOrEqualTo(3 * s_limits.StringBytesMax);
                    profile.Locations[location].Mapping.ShouldBeLessThan(profile.Mappings.Count);
                }
            }
        }
    }

    /// <summary>Changes bytes; of a long trace mostly few, and lengths of blocks often too: else nothing within blocks would be reached.</summary>
    private static byte[] Mutate(byte[] trace, Random random)
    {
        if (random.Next(3) == 0) return FuzzBudget.Mutate(trace, random);
        var input = trace.ToArray();
        for (var n = random.Next(1, 8); n > 0; n--)
        {
            var at = random.Next(100, input.Length - 4);
            if (random.Next(2) == 0) input[at] = (byte)random.Next(256);
            else BinaryPrimitives.WriteInt32LittleEndian(input.AsSpan(at), random.Next(4) switch { 0 => int.MaxValue, 1 => -1, 2 => random.Next(), _ => random.Next(64) });
        }
        return input;
    }

    private static byte[] Small(bool hasShortHeaders, int pointerBytes)
    {
        byte[] managed = [2, 0, 0, 0];
        static NetTraceDrawnEvent Event(int type, int stack, long ticks, byte[] payload) => new(type, 1, 70, stack, ticks, payload);
        var tick = Payload(w =>
        {
            w.Write(new byte[10]);
            w.Write(100_000L);
            w.Write(new byte[8]);
            Utf16(w, "System.Byte[]");
            w.Write(new byte[4 + 8]);
            w.Write(1_000L);
        });
        return new NetTraceDrawing(pointerBytes, hasShortHeaders)
            .Types((1, Sampler, 0, 0), (2, Rundown, 144, 2), (3, Runtime, 10, 4), (4, Runtime, 303, 0), (5, Runtime, 81, 2), (6, Runtime, 91, 1), (7, Runtime, 80, 1), (8, Rundown, 154, 2))
            .Stacks(1, [0x1010, 0x2010], [0x1020]).Events(Event(1, 1, 10, managed)).Events(Event(1, 2, 2_000, managed)).Events(Event(3, 1, 3_000, tick))
            .Events(Event(5, 1, 10, [0, 1, 0])).Events(Event(6, 1, 20, Payload(w => { w.Write((byte)0); w.Write((short)1); w.Write(7e3); })))
            .SequencePoint((70, 6)).Stacks(3, [0x2020, 0x1020]).Events(Event(7, 3, 30, Payload(w => Utf16(w, "N.Gone"))))
            .Block("Future", [1, 2, 3])
            .Events(Event(2, 0, 90, Method(0x1000, 0x100, "N.A+<One>d__1`1[System.Int32]", "MoveNext"))).Events(Event(2, 0, 91, Method(0x2000, 0x100, "N.B", "<Two>b__0")))
            .Events(Event(8, 0, 92, Payload(w => { w.Write(1L); w.Write(new byte[16]); Utf16(w, "/a/b.dll"); })))
            .ToArray();
    }
}
