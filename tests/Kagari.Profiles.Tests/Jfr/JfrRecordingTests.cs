using Kagari.Testing;

namespace Kagari.Profiles.Tests.Jfr;

/// <summary>Recordings of real profilers give exactly the stacks and values that the peer's reader finds in them.</summary>
public sealed class JfrRecordingTests
{
    public static bool NoData => Repository.SharedData is null;

    public static TheoryData<string> Expected =>
        Repository.SharedData is null ? [""] : [.. JfrRecordings.All.SelectMany(JfrRecordings.Expected)];

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [MemberData(nameof(Expected))]
    public void Fill_KindOfARecording_HasTheExpectedStacksAndValues(string file)
    {
        var name = JfrRecordings.All.Single(n => file.StartsWith(n + "_", StringComparison.Ordinal));
        var reader = Read(JfrRecordings.Read(name));
        var (kind, types) = KindOf(file);
        reader.Has(kind).ShouldBeTrue();

        var profile = new FlatProfile();
        reader.Fill(kind, 100, profile, out var error).ShouldBeTrue(error.Message);

        profile.SampleTypes.Span.ToArray().Select(t => $"{profile.GetString(t.Type)}__{profile.GetString(t.Unit)}").ShouldBe(types);
        JfrRecordings.Stacks(profile).ShouldBe(JfrRecordings.Stacks(file));
    }

    [Theory(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    [InlineData("FastSlow_2024_01_16_180855", "wall", "Cpu Wall AllocationSample")]
    [InlineData("async-profiler", "cpu", "Cpu AllocationInNewTlab AllocationOutsideTlab")]
    [InlineData("dd-trace-java", "", "Cpu AllocationInNewTlab AllocationOutsideTlab Block")]
    [InlineData("dump1", "itimer", "Cpu")]
    [InlineData("nativemem", "", "Malloc")]
    [InlineData("uint64-ref-id", "", "Cpu AllocationInNewTlab AllocationOutsideTlab AllocationSample Block")]
    [InlineData("wall", "wall", "Cpu Wall")]
    public void TryRead_Recording_HasTheKindsAndTheEventThatItWasMadeWith(string name, string @event, string kinds)
    {
        var reader = Read(JfrRecordings.Read(name));
        reader.Event.ShouldBe(@event);
        string.Join(' ', Enum.GetValues<JfrProfileKind>().Where(reader.Has)).ShouldBe(kinds);
    }

    [Fact(Skip = "needs the shared data (KAGARI_TEST_DATA)", SkipWhen = nameof(NoData))]
    public void TryRead_TwoRecordingsOneAfterTheOther_AreTheSumOfBoth()
    {
        var (first, second) = (JfrRecordings.Read("dump1"), JfrRecordings.Read("wall"));
        var profile = new FlatProfile();
        Read([.. first, .. second]).Fill(JfrProfileKind.Cpu, 100, profile, out _).ShouldBeTrue();
        var both = new FunctionTree();
        both.Merge(TreeOf(first));
        both.Merge(TreeOf(second));
        Drawings.Draw(Drawings.TreeOf(profile)).ShouldBe(Drawings.Draw(both));
    }

    private static FunctionTree TreeOf(byte[] recording)
    {
        var profile = new FlatProfile();
        Read(recording).Fill(JfrProfileKind.Cpu, 100, profile, out _).ShouldBeTrue();
        return Drawings.TreeOf(profile);
    }

    private static JfrReader Read(byte[] recording)
    {
        var reader = new JfrReader();
        reader.TryRead(recording, default, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return reader;
    }

    /// <summary>From a name like <c>dump1_0_process_cpu_cpu__nanoseconds.txt.gz</c>.</summary>
    private static (JfrProfileKind Kind, string[] Types) KindOf(string file) => file switch
    {
        _ when file.Contains("_process_cpu_") => (JfrProfileKind.Cpu, ["cpu__nanoseconds"]),
        _ when file.Contains("_wall_wall_") => (JfrProfileKind.Wall, ["wall__nanoseconds"]),
        _ when file.Contains("_alloc_in_new_tlab_") => (JfrProfileKind.AllocationInNewTlab, ["alloc_in_new_tlab_objects__count", "alloc_in_new_tlab_bytes__bytes"]),
        _ when file.Contains("_alloc_outside_tlab_") => (JfrProfileKind.AllocationOutsideTlab, ["alloc_outside_tlab_objects__count", "alloc_outside_tlab_bytes__bytes"]),
        _ when file.Contains("_alloc_sample_") => (JfrProfileKind.AllocationSample, ["alloc_sample_objects__count", "alloc_sample_bytes__bytes"]),
        _ when file.Contains("_block_") => (JfrProfileKind.Block, ["contentions__count", "delay__nanoseconds"]),
        _ => (JfrProfileKind.Malloc, ["malloc_objects__count", "malloc_bytes__bytes"]),
    };
}
