using System.Buffers.Binary;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Jfr;

/// <summary>Any bytes give profiles whose references all hold, or an error: never an exception, never much memory.</summary>
public sealed class JfrReaderFuzzTests
{
    private const int BytesMax = 1 << 20;

    private static readonly DecodeLimits s_limits = new() { BytesMax = BytesMax, SamplesMax = 5_000, DepthMax = 60, StringBytesMax = 1_000, SampleLabelsMax = 10 };

    [Fact]
    public void TryRead_MutatedRecordings_HoldOrAreRefused()
    {
        var corpus = Corpus();
        var labels = LabelsSnapshotDrawing.Of(["GET /"], (3, [("a", "b"), ("c", "d")]), (4, [("a", "e")]));
        var reader = new JfrReader();
        var profile = new FlatProfile();
        var (good, most) = (0, 0L);
        foreach (var seed in FuzzBudget.Seeds(4_000))
        {
            var random = new Random(seed);
            var input = Mutate(corpus[random.Next(corpus.Length)], random);
            var snapshot = random.Next(2) == 0 ? labels : FuzzBudget.Mutate(labels, random);
            try
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                if (Check(reader, input, snapshot, profile)) good++;
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(input.AsSpan()[..Math.Min(input.Length, 4000)])}", e);
            }
        }
        good.ShouldBeGreaterThan(0);
        most.ShouldBeLessThan(64L * BytesMax);
    }

    [Fact]
    public void TryRead_RecordingCutAnywhere_HoldsOrIsRefused()
    {
        var reader = new JfrReader();
        var profile = new FlatProfile();
        foreach (var isCompressed in new[] { true, false })
        {
            var whole = Recording(isCompressed);
            for (var length = 0; length < whole.Length; length++)
            {
                Check(reader, whole[..length], [], profile).ShouldBeFalse($"{length} of {whole.Length}");
                // The same with a header that claims no more than there is.
                var cut = whole[..length];
                if (length < 68) continue;
                BinaryPrimitives.WriteInt64BigEndian(cut.AsSpan(8), length);
                Check(reader, cut, [], profile);
            }
        }
    }

    /// <summary>Classes without fields take no bytes: ten levels of a hundred of them would be walked through until the end of time.</summary>
    [Fact]
    public void TryRead_ClassesNestedInEachOther_AreBounded()
    {
        var reader = new JfrReader();
        reader.TryRead(NestedClasses(levels: 12, fields: 100), default, DecodeLimits.Default, out var error).ShouldBeFalse();
        error.Message.ShouldStartWith("jfr: truncated or malformed constants at byte ");
    }

    private static byte[] Recording(bool isCompressed) => new JfrDrawing(isCompressed)
        .Setting("event", "wall")
        .Event("jdk.ExecutionSample", "p/A.a;p/B.b:-1;p/App$$Lambda$7.0x12.run", ("contextId", 3), ("spanId", 5), ("spanName", 1))
        .Event("profiler.WallClockSample", "p/A.a;p/Ä.c", ("samples", 3))
        .Event("jdk.ObjectAllocationInNewTLAB", "p/A.a", ("allocationSize", 3), ("tlabSize", 300))
        .Event("jdk.ThreadPark", "p/A.a;p/日.本", ("duration", 1L << 40))
        .Event("profiler.Malloc", "p/A.a;p/A.d;p/A.e;p/A.f", ("size", 70_000))
        .ToArray();

    private static byte[][] Corpus()
    {
        byte[][] own = [Recording(true), Recording(false), [.. Recording(true), .. Recording(false)]];
        return Repository.SharedData is null ? own : [.. own, .. own, JfrRecordings.Read("nativemem"), JfrRecordings.Read("wall")];
    }

    /// <summary>Changes bytes and sets the chunk's size right again, or nothing behind the header would ever be reached.</summary>
    private static byte[] Mutate(byte[] recording, Random random)
    {
        var input = FuzzBudget.Mutate(recording, random);
        if (input.Length > 16 && random.Next(8) > 0) BinaryPrimitives.WriteInt64BigEndian(input.AsSpan(8), input.Length);
        return input;
    }

    private static bool Check(JfrReader reader, byte[] input, byte[] labels, FlatProfile profile)
    {
        if (!reader.TryRead(input, labels, s_limits, out var error))
        {
            error.Message.ShouldNotBeNullOrEmpty();
            Enum.GetValues<JfrProfileKind>().ShouldAllBe(kind => !reader.Has(kind));
            return false;
        }
        foreach (var kind in Enum.GetValues<JfrProfileKind>())
        {
            if (!reader.Has(kind)) continue;
            if (reader.Fill(kind, 100, profile, out error)) CheckReferences(profile);
            else error.Message.ShouldNotBeNullOrEmpty();
        }
        return true;
    }

    private static void CheckReferences(FlatProfile profile)
    {
        profile.Samples.Count.ShouldBeInRange(1, s_limits.SamplesMax);
        profile.Values.Count.ShouldBe(profile.Samples.Count * profile.SampleTypes.Count);
        foreach (var value in profile.Values.Span) value.ShouldBeGreaterThanOrEqualTo(0);
        foreach (ref readonly var sample in profile.Samples.Span)
        {
            sample.StackCount.ShouldBeLessThanOrEqualTo(s_limits.DepthMax);
            foreach (var location in profile.StackOf(sample))
                profile.Text(profile.Functions[profile.Lines[profile.Locations[location].LineStart].Function].Name).Length.ShouldBeInRange(1, s_limits.StringBytesMax);
            foreach (ref readonly var label in profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount)) _ = profile.Text(label.Key).Length + profile.Text(label.Text).Length;
        }
    }

    /// <summary>A recording whose only constant is of a class of a hundred fields, each a value of a class of a hundred fields…</summary>
    private static byte[] NestedClasses(int levels, int fields)
    {
        var bytes = new List<byte>(new byte[68]);
        void Int(int value)
        {
            for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
            bytes.Add((byte)value);
        }
        void Sized(params int[] numbers)
        {
            var start = bytes.Count;
            bytes.AddRange([0, 0, 0, 0]);
            foreach (var number in numbers) Int(number);
            var size = bytes.Count - start;
            for (var i = 0; i < 4; i++) bytes[start + i] = (byte)(((size >> (7 * i)) & 0x7f) | (i < 3 ? 0x80 : 0));
        }
        Sized(1, 1, 1, 0, 0, 1, 50, 1, 7);   // checkpoint: one pool of class 50 with one constant
        var metadata = bytes.Count;
        string[] words = ["root", "metadata", "class", "field", "id", "name", .. Enumerable.Range(50, levels).Select(i => $"{i}")];
        var tree = new List<int> { 0, 1, 1, 1, words.Length };
        foreach (var word in words) tree.AddRange([3, word.Length, .. word.Select(c => (int)c)]);
        tree.AddRange([0, 0, 1, 1, 0, levels]);
        for (var level = 0; level < levels; level++)
        {
            tree.AddRange([2, 1, 4, 6 + level, level + 1 < levels ? fields : 0]);
            for (var i = 0; level + 1 < levels && i < fields; i++) tree.AddRange([3, 1, 2, 6 + level + 1, 0]);
        }
        Sized([.. tree]);
        var recording = bytes.ToArray();
        "FLR\0"u8.CopyTo(recording);
        recording[5] = 2;
        BinaryPrimitives.WriteInt64BigEndian(recording.AsSpan(8), recording.Length);
        BinaryPrimitives.WriteInt64BigEndian(recording.AsSpan(16), 68);
        BinaryPrimitives.WriteInt64BigEndian(recording.AsSpan(24), metadata);
        recording[67] = 1;
        return recording;
    }
}
