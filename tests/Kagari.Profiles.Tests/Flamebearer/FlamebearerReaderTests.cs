using System.Buffers;
using System.Text;
using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Flamebearer;

public sealed class FlamebearerReaderTests
{
    [Theory]
    [InlineData("a;b 1 | a;c 2 | d 3 | a 4")]
    [InlineData("a;a;a 5")]
    [InlineData("x 1")]
    public void Read_OfWhatWasWritten_IsTheSame(string drawing)
    {
        var read = Read(Write(json => FlamebearerJson.Write(json, FlameGraph.Build(Drawings.Tree(drawing), int.MaxValue), Metadata("cpu", "nanoseconds"))));
        read.ShouldHaveSingleItem().Name.ShouldBe("");
        Drawings.Draw(Drawings.TreeOf(read[0].Profile)).ShouldBe(Drawings.Draw(Drawings.Tree(drawing)));
        TypeOf(read[0]).ShouldBe("cpu:nanoseconds");
    }

    [Fact]
    public void Read_OfRandomTrees_IsTheSame()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var drawing = string.Join(" | ", Enumerable.Range(0, random.Next(1, 30)).Select(_ =>
                string.Join(';', Enumerable.Range(0, random.Next(1, 8)).Select(_ => "f" + random.Next(4))) + " " + random.Next(1, 1000)));
            var json = Write(j => FlamebearerJson.Write(j, FlameGraph.Build(Drawings.Tree(drawing), int.MaxValue), Metadata("alloc_space", "bytes")));
            Drawings.Draw(Drawings.TreeOf(Read(json)[0].Profile)).ShouldBe(Drawings.Draw(Drawings.Tree(drawing)), $"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void Read_OfAComparison_IsBothSides()
    {
        var names = new NameTable();
        var diff = FlameGraphDiff.Build(Drawings.Tree("a;b 1 | a;c 2", names), Drawings.Tree("a;b 5 | d 3", names), int.MaxValue);
        var read = Read(Write(json => FlamebearerJson.Write(json, diff, Metadata("samples", "count"))));
        read.Select(r => r.Name).ShouldBe(["left", "right"]);
        read.Select(r => Drawings.Draw(Drawings.TreeOf(r.Profile))).ShouldBe(["a;b 1 | a;c 2", "a;b 5 | d 3"]);
    }

    [Theory]
    [InlineData("""{"flamebearer":{"names":["total"],"levels":[[0,1,1]]}}""", "levels[0] is no list with 4 numbers a bar")]
    [InlineData("""{"flamebearer":{"names":["total"],"levels":[[0,1,1,1]]}}""", "levels[0]: bar 0 has name 1 of 1")]
    [InlineData("""{"flamebearer":{"names":["total","a"],"levels":[[0,1,0,0],[2,1,1,1]]}}""", "levels[1]: bar 0 lies under no bar of the level above")]
    [InlineData("""{"flamebearer":{"names":["total","a"],"levels":[[0,1,2,0]]}}""", "levels[0]: bar 0 has offset 0, total 1, self 2")]
    [InlineData("""{"flamebearer":{"names":[1],"levels":[]}}""", "names[0] is no text")]
    [InlineData("""{"flamebearer":{"names":["total"],"levels":[]},"metadata":{"format":"triple"}}""", "metadata.format is 'triple'; expected single or double")]
    [InlineData("""{"flamebearer":[],"levels":1}""", "there is no object named flamebearer")]
    public void Read_Wrong_IsNamed(string json, string message)
    {
        FlamebearerReader.IsFlamebearer(Encoding.UTF8.GetBytes(json)).ShouldBeTrue();
        FlamebearerReader.TryRead(Encoding.UTF8.GetBytes(json), DecodeLimits.Default, out _, out var error).ShouldBeFalse();
        error.Message.ShouldBe("flamebearer: " + message);
    }

    [Fact]
    public void Read_DeepAndWide_IsCutAtTheLimits()
    {
        const int Levels = 2000, Leaves = 2000;
        var json = "{\"flamebearer\":{\"names\":[\"a\"],\"levels\":[" + string.Join(',', Enumerable.Repeat($"[0,{Leaves},0,0]", Levels)) + ",["
            + string.Join(',', Enumerable.Repeat("0,1,1,0", Leaves)) + "]]}}";
        FlamebearerReader.TryRead(Encoding.UTF8.GetBytes(json), DecodeLimits.Default with { DepthMax = 100 }, out var read, out var error).ShouldBeTrue(error.Message);
        // Leaves that are too deep belong to the deepest frame that is not.
        Drawings.Draw(read[0].Profile).ShouldBe(string.Join(';', Enumerable.Repeat("a", 100)) + " " + Leaves);
        FlamebearerReader.TryRead(Encoding.UTF8.GetBytes(json), DecodeLimits.Default with { DepthMax = 0, BytesMax = 1 << 20 }, out _, out error).ShouldBeFalse();
        error.Message.ShouldBe("flamebearer: its stacks have more than 524288 frames");
    }

    [Fact]
    public void Fuzz_AnyBytes_GiveProfilesOrAnError()
    {
        var whole = Write(json => FlamebearerJson.Write(json, FlameGraph.Build(Drawings.Tree("a;b 1 | a;c 2 | d;e;f 3"), int.MaxValue), Metadata("cpu", "nanoseconds")));
        foreach (var seed in FuzzBudget.Seeds(2000))
        {
            var bytes = FuzzBudget.Mutate(whole, new Random(seed));
            if (FlamebearerReader.TryRead(bytes, DecodeLimits.Default, out var read, out var error))
                foreach (var one in read) Drawings.TreeOf(one.Profile);
            else error.Message.Length.ShouldBeLessThan(2000, $"seed {seed}");
        }
    }

    private static IReadOnlyList<ImportedProfile> Read(byte[] json)
    {
        ProfileImport.TryRead(json, DecodeLimits.Default, out var format, out var profiles, out var error).ShouldBeTrue(error.Message);
        format.ShouldBe(ImportFormat.Flamebearer);
        return profiles;
    }

    private static string TypeOf(ImportedProfile one) => $"{one.Profile.GetString(one.Profile.SampleTypes[0].Type)}:{one.Profile.GetString(one.Profile.SampleTypes[0].Unit)}";

    private static RenderMetadata Metadata(string type, string unit) => RenderMetadata.Of(new ProfileTypeId("", type, unit, "", ""));

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return bytes.WrittenSpan.ToArray();
    }
}
