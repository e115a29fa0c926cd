using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Pprof;

public sealed class PprofReaderTests
{
    private static string[] Captured(string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, "testdata"), pattern + ".pb.gz", SearchOption.AllDirectories);

    private static FlatProfile Read(byte[] bytes, DecodeLimits? limits = null)
    {
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(bytes, profile, limits ?? DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return profile;
    }

    private static ProfileError Refuse(byte[] bytes, DecodeLimits? limits = null)
    {
        using var reader = new PprofReader();
        reader.TryRead(bytes, new FlatProfile(), limits ?? DecodeLimits.Default, out var error).ShouldBeFalse();
        return error;
    }

    [Fact]
    public void TryRead_Labels_AreKept()
    {
        var profile = Read(Drawings.Pprof("a;b 1,10 {k=v, size=64 bytes} | a 2,20", "samples:count", "cpu:nanoseconds"));
        Drawings.Draw(profile).ShouldBe("a 2,20 | a;b 1,10 {k=v, size=64 bytes}");
    }

    [Theory]
    [InlineData("packed")]
    [InlineData("unpacked")]
    [InlineData("64-bit ids")]
    [InlineData("gaps")]
    public void TryRead_AnyNumbering_GivesTheSameStacks(string form)
    {
        var ids = form switch
        {
            "64-bit ids" => new ulong[] { 0xdead_beef_dead_beef, 0x8000_0000_0000_0001 },
            "gaps" => [7, 3000],
            _ => [1, 2],
        };
        var pprof = new PprofText()
            .Strings("", "cpu", "ns", "leaf", "root").SampleType(1, 2)
            .Sample(ids, [5], packed: form != "unpacked")
            .Location(ids[0], 11).Location(ids[1], 12).Function(11, 3).Function(12, 4);
        Drawings.Draw(Read(pprof.Bytes)).ShouldBe("root;leaf 5");
    }

    [Fact]
    public void TryRead_SeveralGzipMembers_AreOneMessage()
    {
        var plain = Drawings.Pprof("a;b 1", "cpu:nanoseconds");
        var bytes = PprofText.Gzip(plain).Concat(PprofText.Gzip([0x48, 0x07])).ToArray();
        Read(bytes).TimeNanos.ShouldBe(7);
    }

    [Fact]
    public void TryRead_StackTooDeep_LosesLeafFrames() =>
        Drawings.Draw(Read(Drawings.Pprof("a;b;c;d 1", "cpu:nanoseconds"), DecodeLimits.Default with { DepthMax = 2 })).ShouldBe("a;b 1");

    [Fact]
    public void TryRead_StringTooLong_KeepsItsTailAndWholeCharacters()
    {
        var profile = Read(Drawings.Pprof("abc\u00e9xyz 1", "cpu:nanoseconds"), DecodeLimits.Default with { StringBytesMax = 4 });
        Drawings.Draw(profile).ShouldBe("xyz 1");
    }

    [Fact]
    public void TryRead_UnknownLocation_DropsTheSampleAndCountsIt()
    {
        var pprof = new PprofText().Strings("", "cpu", "ns", "f").SampleType(1, 2)
            .Sample([1], [5]).Sample([9], [6]).Location(1, 1).Function(1, 3);
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(pprof.Bytes, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        reader.DanglingSamples.ShouldBe(1);
        Drawings.Draw(profile).ShouldBe("f 5");
    }

    [Fact]
    public void TryRead_BrokenReferences_NameTheFault()
    {
        PprofText Base() => new PprofText().Strings("", "cpu", "ns", "f").SampleType(1, 2);
        Refuse(Base().Sample([0], [5]).Location(1, 1).Function(1, 3).Bytes).Message.ShouldBe("location id is 0");
        Refuse(Base().Sample([1], [5]).Location(1, 0).Function(1, 3).Bytes).Message.ShouldBe("function id is 0");
        Refuse(Base().Sample([1], [5, 6]).Location(1, 1).Function(1, 3).Bytes).Message.ShouldContain("sample value length mismatch");
        Refuse(Base().Function(1, 77).Bytes).Message.ShouldContain("refers to string 77");
        Refuse(new PprofText().Strings("x").Bytes).Message.ShouldBe("string 0 should be empty string");
        Refuse([0xff]).Message.ShouldContain("at byte 0");
        Refuse("this is no profile at all"u8.ToArray()).Kind.ShouldBe(ProfileErrorKind.Malformed);
    }

    [Fact]
    public void TryRead_ZeroFunctionId_IsRepairedWhereAskedFor()
    {
        var pprof = new PprofText().Strings("", "cpu", "ns", "f").SampleType(1, 2).Sample([1], [5]).Location(1, 0).Function(1, 3);
        using var reader = new PprofReader { RepairZeroFunctionIds = true };
        var profile = new FlatProfile();
        reader.TryRead(pprof.Bytes, profile, DecodeLimits.Default, out _).ShouldBeTrue();
        Drawings.Draw(profile).ShouldBe("f 5");
    }

    [Fact]
    public void TryRead_OverLimits_NamesValueLimitAndSetting()
    {
        var pprof = Drawings.Pprof("a 1 {k=v, l=w} | b 1 | c 1", "cpu:nanoseconds");
        Refuse(pprof, DecodeLimits.Default with { SamplesMax = 2 }).ShouldSatisfyAllConditions(
            e => e.Kind.ShouldBe(ProfileErrorKind.TooManySamples), e => e.Message.ShouldContain("max_profile_stacktrace_samples"), e => e.Message.ShouldContain("limit: 2"));
        Refuse(pprof, DecodeLimits.Default with { SampleLabelsMax = 1 }).Kind.ShouldBe(ProfileErrorKind.TooManySampleLabels);
        Refuse(pprof, DecodeLimits.Default with { BytesMax = 10 }).Kind.ShouldBe(ProfileErrorKind.TooLarge);
        Refuse(PprofText.Gzip(pprof), DecodeLimits.Default with { BytesMax = 10 }).Kind.ShouldBe(ProfileErrorKind.TooLarge);
    }

    [Fact]
    public void TryRead_RealProfiles_RoundTrip()
    {
        using var reader = new PprofReader();
        var shared = Repository.SharedData is null ? [] : Directory.GetFiles(Repository.Shared("pprof"));
        foreach (var file in shared.Concat(Captured("*")))
        {
            var first = new FlatProfile();
            reader.TryRead(File.ReadAllBytes(file), first, DecodeLimits.Default, out var error).ShouldBeTrue($"{file}: {error.Message}");
            var written = new System.Buffers.ArrayBufferWriter<byte>();
            PprofWriter.Write(first, written);
            var second = new FlatProfile();
            reader.TryRead(written.WrittenSpan, second, DecodeLimits.Default, out error).ShouldBeTrue($"{file}: {error.Message}");
            Drawings.Draw(second).ShouldBe(Drawings.Draw(first), file);
        }
    }

    [Fact]
    public void TryRead_Warm_AllocatesNothing()
    {
        var files = Captured("cpu*").Concat(Captured("heap*")).Select(File.ReadAllBytes).ToList();
        files.ShouldNotBeEmpty();
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        void ReadAll()
        {
            foreach (var file in files) reader.TryRead(file, profile, DecodeLimits.Default, out _);
        }
        for (var i = 0; i < 3; i++) ReadAll();
        var before = GC.GetAllocatedBytesForCurrentThread();
        ReadAll();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }
}
