using System.Text;
using Kagari.Testing;
using static Kagari.Testing.OtlpRequest;

namespace Kagari.Profiles.Tests.Otlp;

/// <summary>What is wrong is named: the field, its value and the limit; a bad profile does not harm the others.</summary>
public sealed class OtlpReaderErrorTests
{
    private const string Cpu = "process_cpu cpu:nanoseconds:cpu:nanoseconds";

    [Fact]
    public void Read_NoDictionary_IsRefusedAsAWhole() =>
        new OtlpRequest { HasNoDictionary = true }.Profile("a 1").Draw().ShouldStartWith("!! otlp: dictionary is missing");

    [Fact]
    public void Read_NothingAtAll_IsRefusedAsAWhole()
    {
        OtlpReading.Draw([]).ShouldStartWith("!! otlp: resource_profiles is missing");
        OtlpReading.Draw(Message(2, [])).ShouldStartWith("!! otlp: resource_profiles is missing");
        OtlpReading.Draw("not a message"u8.ToArray()).ShouldBe("!! otlp: invalid protobuf at byte 1 of 13");
        OtlpReading.Draw(Join(Message(1, []), Message(2, []))).ShouldBe("", "a request without profiles is a good one");
    }

    [Theory]
    [InlineData(1, "stack_index of sample 1 is 99, but stack_table has 2 entries")]
    [InlineData(3, "link_index of sample 1 is 99, but link_table has 1 entries")]
    public void Read_WildIndexInSample_IsNamed(int field, string expected) =>
        WithSample(Number(field, 99)).ShouldBe($"shop {Cpu} good 10\n! otlp: {expected}\nshop {Cpu} good 10");

    [Fact]
    public void Read_WildAttribute_IsNamed()
    {
        WithSample(Packed(2, 0, 5)).ShouldContain("! otlp: attribute_indices of sample 1 is 5, but attribute_table has 1 entries\n");
        WithSample(Packed(2, ulong.MaxValue)).ShouldContain("! otlp: attribute_indices of sample 1 is -1, but");
        WithSample(Packed(2, 1ul << 40)).ShouldContain("! otlp: attribute_indices of sample 1 is 2147483647, but");
    }

    [Fact]
    public void Read_WildStack_IsNamed() =>
        WithDictionary(Message(7, Packed(1, 77)), stack: 2).ShouldContain("! otlp: location_indices of stack 2 is 77, but location_table has 2 entries\n");

    [Fact]
    public void Read_WildLocation_IsNamed()
    {
        WithLocation(Number(1, 9)).ShouldContain("! otlp: mapping_index of location 2 is 9, but mapping_table has 1 entries\n");
        WithLocation(Message(3, Number(1, 8))).ShouldContain("! otlp: function_index of location 2 is 8, but function_table has 2 entries\n");
        WithLocation(Message(3, Number(1, 2)), Message(3, Number(1, 1000))).ShouldContain("! otlp: name_strindex of a function is 1000, but string_table has");
    }

    [Fact]
    public void Read_WildType_IsNamed()
    {
        var request = new OtlpRequest().Profile("good 1").Profile("good 1", type: "", extra: Message(1, Number(1, 500)));
        request.Draw().ShouldStartWith($"shop {Cpu} good 10\n! otlp: type_strindex of sample_type is 500, but string_table has ");
    }

    [Fact]
    public void Read_NoSampleType_IsRefused()
    {
        new OtlpRequest().Profile("a 1", type: "").Profile("a 1").Draw().ShouldBe($"! failed to convert otel profile: sample type is missing\nshop {Cpu} a 10");
        new OtlpRequest().Profile("a 1", type: "", extra: Message(1, [])).Draw().ShouldBe("! failed to convert otel profile: sample type is missing");
    }

    [Fact]
    public void Read_StringsThatAreNoUtf8_AreRefused()
    {
        var request = new OtlpRequest().Profile("xyz 1").ToBytes();
        request[request.AsSpan().IndexOf("xyz"u8)] = 0xff;
        OtlpReading.Draw(request).ShouldBe("! invalid utf8 string hex: ff797a");
    }

    [Fact]
    public void Read_FirstStringNotEmpty_IsRefusedAsAWhole()
    {
        var request = new OtlpRequest().Profile("a 1").ToBytes();
        var strings = Join(Message(5, "x"u8.ToArray()), Message(5, "y"u8.ToArray()));
        OtlpReading.Draw(Join(Message(2, strings), request)).ShouldStartWith("!! otlp: string_table[0] is not empty");
    }

    [Fact]
    public void Read_Limits_AreNamed()
    {
        var request = new OtlpRequest().Profile("a 1 {k=v, l=w} | b 2");
        request.Draw(new DecodeLimits { SamplesMax = 1 }).ShouldBe("! exceeds the samples count limit (max_profile_stacktrace_samples, actual: more than 1, limit: 1)");
        request.Draw(new DecodeLimits { SampleLabelsMax = 1 }).ShouldBe("! exceeds the sample labels limit (max_profile_stacktrace_sample_labels, actual: 2, limit: 1)");
        request.Draw(new DecodeLimits { BytesMax = 50 }).ShouldBe("! uncompressed profile payload size exceeds limit of 50 B");
        request.Draw(new DecodeLimits { StringBytesMax = 3 }).ShouldBe("shop process_cpu cpu:nds:cpu:nds a 10 {k=v, l=w} | b 20", "names keep their tail");
    }

    [Fact]
    public void Read_SmallRequestThatUnfolds_IsRefusedInBoundedMemory()
    {
        // Ten bytes per sample stand for a stack of a thousand frames each.
        var deep = string.Join(';', Enumerable.Repeat("f", 1000));
        var request = new OtlpRequest().Profile(string.Join(" | ", Enumerable.Repeat($"{deep} 1", 3000)));
        request.ToBytes().Length.ShouldBeLessThan(100_000);
        var reader = new OtlpReader();
        var profile = new FlatProfile();
        reader.TryOpen(request.ToBytes(), new DecodeLimits { BytesMax = 1 << 20 }, out _).ShouldBeTrue();
        reader.MoveNext(profile, out var error).ShouldBeTrue();
        error.Kind.ShouldBe(ProfileErrorKind.TooLarge);
        reader.UnfoldedBytes.ShouldBeInRange(1 << 20, (1 << 20) + 10_000);
        profile.MemoryBytes.ShouldBeLessThan(8 << 20);
    }

    [Fact]
    public void Read_ValuesBeyondTheEnd_AreRefusedOrSaturate()
    {
        new OtlpRequest().Profile($"a {long.MaxValue}").Draw().ShouldBe($"! otlp: {long.MaxValue} samples of 10 ns are more nanoseconds than 64 bits hold");
        new OtlpRequest().Profile($"a {long.MaxValue}+{long.MaxValue}", "off_cpu:nanoseconds", "").Draw().ShouldEndWith($" a {long.MaxValue}");
    }

    [Fact]
    public void Read_HugeAttributes_AreRefused()
    {
        string With(params (string, object)[] attributes) => new OtlpRequest().Resource(attributes).Profile("a 1").Profile("b 1").Draw();
        const string Expected = "! otlp: resource and scope have more than 128 attributes or 65536 bytes of them";
        With([.. Enumerable.Range(0, 129).Select(i => ($"k{i}", (object)"v"))]).Split('\n').ShouldAllBe(l => l.StartsWith(Expected));
        With(("k", new string('x', 70_000))).Split('\n').ShouldAllBe(l => l.StartsWith(Expected));
    }

    [Fact]
    public void Read_ManyServices_AreBounded() =>
        new OtlpRequest().Profile(string.Join(" | ", Enumerable.Range(0, OtlpReader.ServicesMax).Select(i => $"a 1 {{service.name=s{i}}}"))).Draw()
            .ShouldBe($"! otlp: the samples of one profile name more than {OtlpReader.ServicesMax} services");

    [Fact]
    public void Read_ManyProfiles_AreBounded()
    {
        var profiles = Message(2, [.. Enumerable.Repeat(Message(2, []), OtlpReader.ProfilesMax + 1).SelectMany(p => p)]);
        OtlpReading.Draw(Join(Message(2, []), Message(1, profiles))).ShouldBe($"!! otlp: more than {OtlpReader.ProfilesMax} profiles in one request");
    }

    [Fact]
    public void Read_UnknownFieldsAndWrongWireTypes_AreSkipped()
    {
        var extra = Join(Number(99, 5), Message(98, [1, 2, 3]), Fixed(97, 1), Message(8, Encoding.ASCII.GetBytes("id")), Message(6, []), Number(2, 4));
        new OtlpRequest().Profile("a 1", extra: extra).Draw().ShouldBe($"shop {Cpu} a 10");
    }

    [Fact]
    public void Read_EveryPrefix_IsRefusedOrHolds()
    {
        var whole = new OtlpRequest().Profile("a;@4f 1 {k=v} | b t2").Profile("c 1").ToBytes();
        for (var length = 0; length < whole.Length; length++) OtlpReading.Draw(whole[..length]).ShouldNotContain("c 10", customMessage: $"{length} bytes");
    }

    /// <summary>A good profile, one with a good sample and then this one, and a good one.</summary>
    private static string WithSample(byte[] sample) =>
        new OtlpRequest().Profile("good 1").Profile("good 1", extra: Message(2, Join(sample, Packed(4, 1)))).Profile("good 1").Draw();

    private static string WithDictionary(byte[] extra, ulong stack) =>
        new OtlpRequest { ExtraDictionary = extra }.Profile("good 1").Profile("", extra: Message(2, Join(Number(1, stack), Packed(4, 1)))).Profile("good 1").Draw();

    /// <summary>The same with a stack of a location of these bytes, and a function with a wild name.</summary>
    private static string WithLocation(params byte[][] location)
    {
        var dictionary = new List<byte[]> { Message(2, Join(location)), Message(7, Packed(1, 2)) };
        if (location.Length > 1) dictionary.Add(Message(3, Number(1, 1000)));
        return WithDictionary(Join([.. dictionary]), stack: 2);
    }
}
