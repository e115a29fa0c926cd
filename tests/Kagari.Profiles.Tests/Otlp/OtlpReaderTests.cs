using Kagari.Testing;

namespace Kagari.Profiles.Tests.Otlp;

public sealed class OtlpReaderTests
{
    private const string Cpu = "process_cpu cpu:nanoseconds:cpu:nanoseconds";

    [Fact]
    public void Read_Values_AreSummedAndTimestampsCounted() =>
        new OtlpRequest().Profile("a;b 2 | a;c t3 | a;d 1+1+2").Draw().ShouldBe($"shop {Cpu} a;b 20 | a;c 30 | a;d 40");

    [Fact]
    public void Read_OldNumbering_IsToldApart()
    {
        // A number of the values would be a wild index of an attribute, and the other way round.
        const string Drawing = "a;b 700 {k=v} | a;c 5 {n=7} | d 900 | e t4 {k=w} | f 3 {k=v, span_id=0102030405060708, trace_id=000102030405060708090a0b0c0d0e0f}";
        var expected = new OtlpRequest().Profile(Drawing).Draw();
        expected.ShouldContain("e 40 {k=w}");
        expected.ShouldContain("f 30 {k=v, trace_id=000102030405060708090a0b0c0d0e0f, span_id=0102030405060708}");
        new OtlpRequest { IsOld = true }.Profile(Drawing).Draw().ShouldBe(expected);
    }

    [Theory]
    [InlineData("a 7", "the values have no timestamps beside them, so they are no attributes")]
    [InlineData("a 7 | b t2", "timestamps alone tell nothing")]
    [InlineData("a t2", "timestamps alone tell nothing")]
    [InlineData("a t2 {k=v}", "packed attributes")]
    [InlineData("a 7 {span_id=0102030405060708, trace_id=}", "a link")]
    public void Read_OldNumberingWithFewFields_IsToldApart(string drawing, string why) =>
        new OtlpRequest { IsOld = true }.Profile(drawing).Draw().ShouldBe(new OtlpRequest().Profile(drawing).Draw(), why);

    [Fact]
    public void Read_NewNumberingWithoutValues_StaysNewWhereOthersTell() =>
        new OtlpRequest().Profile("a - {k=v} | b 2").Draw().ShouldBe($"shop {Cpu} a 0 {{k=v}} | b 20");

    [Theory]
    [InlineData("samples:count", "cpu:nanoseconds:10", "process_cpu cpu:nanoseconds:cpu:nanoseconds a 30")]
    [InlineData("samples:count", "cpu:nanoseconds:0", "process_cpu samples:count:cpu:nanoseconds a 3")]
    [InlineData("samples:count", "", "samples samples:count:: a 3")]
    [InlineData("off_cpu:nanoseconds", "", "off_cpu off_cpu:nanoseconds:: a 3")]
    [InlineData("wall:nanoseconds", "wall:nanoseconds:10", "wall wall:nanoseconds:wall:nanoseconds a 3")]
    [InlineData("cpu:nanoseconds", "", "process_cpu cpu:nanoseconds:: a 3")]
    [InlineData("alloc_space:bytes", "", "memory alloc_space:bytes:: a 3")]
    [InlineData("inuse_objects:count", "", "memory inuse_objects:count:: a 3")]
    [InlineData("heap:bytes", "", "memory heap:bytes:: a 3")]
    [InlineData("allocated_space:bytes", "space:bytes:512", "space allocated_space:bytes:space:bytes a 3")]
    [InlineData("lock_time:nanoseconds", "", "mutex lock_time:nanoseconds:: a 3")]
    [InlineData("mutex:count", "", "mutex mutex:count:: a 3")]
    [InlineData("block:nanoseconds", "", "block block:nanoseconds:: a 3")]
    [InlineData("clock:count", "", "clock clock:count:: a 3")]
    [InlineData("page.faults/major:count", "", "page_faults_major page.faults/major:count:: a 3")]
    [InlineData("4k:bytes", "", "_4k 4k:bytes:: a 3")]
    public void Read_Types_GetAFamily(string type, string period, string expected) =>
        new OtlpRequest().Profile("a 3", type, period).Draw().ShouldBe($"shop {expected}");

    [Fact]
    public void Read_ServicesOfSamples_SplitTheProfile()
    {
        new OtlpRequest().Profile("a 1 {service.name=x} | b 2 | c 3 {service.name=y, k=v} | d 4 {service.name=#x} | e 5 {service.name=shop}").Draw().ShouldBe(
            $"""
            shop {Cpu} b 20 | e 50
            x {Cpu} a 10 | d 40
            y {Cpu} c 30 {"{k=v}"}
            """);
        new OtlpRequest().Profile("a 1 {service.name=x}").Draw().ShouldBe($"x {Cpu} a 10", "nothing is left of the resource's service");
        new OtlpRequest().Profile("").Draw().ShouldBe($"shop {Cpu}", "an empty profile is one too");
    }

    [Fact]
    public void Read_ServiceOfResource_FallsBackToTheExecutable()
    {
        string ServiceOf(params (string, object)[] attributes) => new OtlpRequest().Resource(attributes).Profile("a 1").Read()[0].Labels["service_name"];
        ServiceOf(("process.executable.name", "java"), ("service.name", "shop")).ShouldBe("shop");
        ServiceOf(("service.name", ""), ("process.executable.name", "java")).ShouldBe("unknown_service:java");
        ServiceOf(("host.name", "h")).ShouldBe("unknown_service");
        ServiceOf().ShouldBe("unknown_service");
        ServiceOf(("#service.name", "#shop")).ShouldBe("shop");
    }

    [Fact]
    public void Read_Attributes_BecomeLabels()
    {
        var request = new OtlpRequest().Scope(
            [
                ("service.name", "shop"), ("process.pid", 42), ("zone", new[] { "eu" }), ("args", new[] { "a", "b" }), ("is.cool", true),
                ("empty", ""), ("#key", "#value"), ("twice", "first"), ("twice", "second"), ("__name__", "evil"), ("negative", -1),
            ],
            ("zone", "us"), ("library", "l"));
        request.Profile("a 1").Read()[0].Labels.ToString().ShouldBe(
            """{__delta__="false", __name__="process_cpu", __otel__="true", key="value", library="l", negative="-1", process.pid="42", service.name="shop", service_name="shop", twice="first", zone="eu"}""");
    }

    [Fact]
    public void Read_SampleAttributes_BecomeLabelsOfSamples() =>
        new OtlpRequest().Profile("a 1 {thread.name=main, thread.id=7, vm=#jvm}").Draw().ShouldBe($"shop {Cpu} a 10 {{thread.name=main, thread.id=7, vm=jvm}}");

    [Fact]
    public void Read_Links_BecomeIds()
    {
        const string Trace = "00112233445566778899aabbccddeeff", Span = "0123456789abcdef";
        new OtlpRequest().Profile($"a 1 {{trace_id={Trace}, span_id={Span}}} | b 2 {{trace_id={Trace}, span_id={Span}}} | c 3 {{trace_id={Trace}, span_id=}} | d 4 {{trace_id={new string('0', 32)}, span_id=0102}}").Draw()
            .ShouldBe($"shop {Cpu} a 10 {{trace_id={Trace}, span_id={Span}}} | b 20 {{trace_id={Trace}, span_id={Span}}} | c 30 {{trace_id={Trace}}} | d 40");
    }

    [Fact]
    public void Read_LocationsWithoutLines_KeepAddressAndMapping()
    {
        var (_, profile) = new OtlpRequest().Profile("a;@4f2 1 | a;@500 2").Read().Single();
        var location = profile.Locations[profile.Stacks[0]];
        (location.Address, location.LineCount).ShouldBe((0x4f2ul, 0));
        var mapping = profile.Mappings.Span.ToArray().ShouldHaveSingleItem();
        (mapping.MemoryStart, mapping.MemoryLimit, mapping.Flags).ShouldBe((0x1000ul, 0x9000ul, MappingFlags.None));
        (profile.GetString(mapping.FileName), profile.GetString(mapping.BuildId)).ShouldBe(("/usr/lib/libc.so.6", "b0b1"));
        profile.Locations[profile.Stacks[1]].Mapping.ShouldBe(-1, "mapping 0 is none");
    }

    [Fact]
    public void Read_TimeAndDuration_AreKept()
    {
        var (_, profile) = new OtlpRequest().Profile("a 1", timeNanos: 1_700_000_000_000_000_001).Read().Single();
        (profile.TimeNanos, profile.DurationNanos, profile.Period).ShouldBe((1_700_000_000_000_000_001, 5_000_000_000, 10));
        new OtlpRequest().Profile("a 1", extra: OtlpRequest.Number(4, 0) is [] ? [4 << 3, 0] : []).Read().Single().Profile.DurationNanos.ShouldBe(10_000_000_000);
    }

    [Fact]
    public void Read_ManyProfiles_HaveOnlyTheirOwnEntries()
    {
        var request = new OtlpRequest().Profile("a;b 1").Profile("c;d 2").Resource(("service.name", "other")).Profile("a;b 1");
        var profiles = request.Read();
        profiles.Select(p => Drawings.Draw(p.Profile)).ShouldBe(["a;b 10", "c;d 20", "a;b 10"]);
        profiles.ShouldAllBe(p => p.Profile.Functions.Count == 2 && p.Profile.Locations.Count == 2);
        profiles[0].Profile.Bytes.Span.SequenceEqual(profiles[2].Profile.Bytes.Span).ShouldBeTrue("whatever stands before it in the request");
        profiles[2].Labels["service_name"].ShouldBe("other");
    }

    [Fact]
    public void Read_DeepStacks_LoseLeafFrames() =>
        new OtlpRequest().Profile("a;b;c;d 1 | a;b;c;d 2 {k=v}").Draw(new DecodeLimits { DepthMax = 2 }).ShouldBe($"shop {Cpu} a;b 10 | a;b 20 {{k=v}}");

    [Fact]
    public void Read_Again_ReusesItsMemory()
    {
        var request = new OtlpRequest().Profile(string.Join(" | ", Enumerable.Range(0, 500).Select(i => $"a;b{i};c{i % 7} {i} {{thread=t{i % 5}}}"))).ToBytes();
        var reader = new OtlpReader();
        var profile = new FlatProfile();
        long Round()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            reader.TryOpen(request, DecodeLimits.Default, out _);
            while (reader.MoveNext(profile, out _)) { }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Round();
        Round();
        Round().ShouldBeLessThan(5_000, "labels of the series, and nothing per sample");
    }
}
