using System.Text;
using System.Text.Json;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.V8;

public sealed class V8ProfileReaderTests
{
    private const string Nodes = """
        {"id":1,"callFrame":{"functionName":"(root)","url":"","lineNumber":-1,"columnNumber":-1},"children":[2,4]},
        {"id":2,"callFrame":{"functionName":"main","url":"a.js","lineNumber":4,"columnNumber":0},"children":[3]},
        {"id":3,"callFrame":{"functionName":"","url":"a.js","lineNumber":9,"columnNumber":2}},
        {"id":4,"callFrame":{"functionName":"(idle)","url":"","lineNumber":-1,"columnNumber":-1}}
        """;

    [Fact]
    public void Cpu_SamplesLastUntilTheNext() =>
        Draw($$"""{"nodes":[{{Nodes}}],"startTime":1000,"endTime":2000,"samples":[2,3,3,4],"timeDeltas":[100,50,50,300]}""")
            .ShouldBe("(idle) 1,500000 | main 1,50000 | main;(anonymous) 2,350000");

    [Fact]
    public void Cpu_ClockThatGoesBack_CountsNothingForIt() =>
        Draw($$"""{"nodes":[{{Nodes}}],"startTime":0,"endTime":100,"samples":[2,2,3],"timeDeltas":[10,-5,20]}""")
            .ShouldBe("main 2,15000 | main;(anonymous) 1,75000");

    [Fact]
    public void Cpu_ParentsInsteadOfChildren_AreTheSameTree() =>
        Draw("""{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"}},{"id":7,"callFrame":{"functionName":"a"},"parent":1},{"id":9,"callFrame":{"functionName":"b"},"parent":7}],"samples":[9],"timeDeltas":[0],"endTime":3}""")
            .ShouldBe("a;b 1,3000");

    [Fact]
    public void Cpu_OldTree_IsRead() =>
        Draw("""{"head":{"functionName":"(root)","id":1,"children":[{"functionName":"a","url":"x","lineNumber":3,"id":2,"children":[{"functionName":"b","id":3}]}]},"samples":[2,3,3],"timestamps":[10,20,25,45]}""")
            .ShouldBe("a 1,10000 | a;b 2,25000");

    [Fact]
    public void Heap_SelfSizes_AreBytesInUse() =>
        Draw("""{"head":{"callFrame":{"functionName":"(root)"},"selfSize":0,"id":1,"children":[{"callFrame":{"functionName":"a"},"selfSize":64,"id":2,"children":[{"callFrame":{"functionName":"b"},"selfSize":8,"id":3,"children":[]}]}]},"samples":[]}""")
            .ShouldBe("a 64 | a;b 8");

    [Fact]
    public void Frames_HaveFileAndLine()
    {
        var profile = Read($$"""{"nodes":[{{Nodes}}],"samples":[3],"timeDeltas":[0],"endTime":1}""");
        var function = profile.Functions[profile.Lines[profile.Locations[profile.StackOf(profile.Samples[0])[0]].LineStart].Function];
        (profile.GetString(function.Name), profile.GetString(function.FileName), function.StartLine).ShouldBe(("(anonymous)", "a.js", 10));
        profile.Lines[profile.Locations[profile.StackOf(profile.Samples[0])[0]].LineStart].Column.ShouldBe(3);
    }

    [Fact]
    public void DeepCalls_AreReadWithoutTheProcessStack()
    {
        const int Depth = 20_000;
        var json = new StringBuilder("""{"samples":[2],"timestamps":[0,5],"head":{"functionName":"(root)","id":1,"children":[""");
        for (var i = 0; i < Depth; i++) json.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"functionName\":\"f\",\"id\":{i + 2},\"children\":[");
        for (var i = 0; i < Depth; i++) json.Append("]}");
        Draw(json.Append("]}}").ToString()).ShouldBe("f 1,5000");
    }

    [Theory]
    [InlineData("[]", "the document is no object")]
    [InlineData("""{"a":1}""", "there is neither a list of samples nor a head with sizes")]
    [InlineData("""{"samples":[1]}""", "nodes are missing")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{}}],"samples":[2],"timeDeltas":[1]}""", "samples[0] names node 2, which is not there")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{}}],"samples":[1]}""", "1 samples have 0 times")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{}}],"samples":[1],"timeDeltas":[1,2]}""", "1 samples have 2 timeDeltas")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{},"children":[1]}],"samples":[1],"timeDeltas":[1]}""", "there are 0 nodes that are no child of another")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{}},{"id":1}],"samples":[1],"timeDeltas":[1]}""", "nodes[1] has the id of another node")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{},"children":[5]}],"samples":[1],"timeDeltas":[1]}""", "node 5 is a child and not there")]
    [InlineData("""{"head":{"selfSize":-3}}""", "selfSize is -3; expected a size")]
    [InlineData("""{"nodes":[{"id":1,"functionName":"f","children":["x"]}],"samples":[1],"timeDeltas":[1]}""", "nodes[0].children is \"x\"; expected a whole number")]
    [InlineData("""{"nodes":[{"id":1,"callFrame":{}}],"samples":[1],"timeDeltas":[1],"\ud800aaaaaaaaaa":1}""", "V8 profile: ")]
    public void Broken_NamesThePlace(string json, string reason)
    {
        V8ProfileReader.TryRead(Encoding.UTF8.GetBytes(json), new FlatProfile(), DecodeLimits.Default, out var error).ShouldBeFalse();
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void ManyStacksOfGreatDepth_AreRefusedInTimeAndMemory()
    {
        const int Depth = 50_000;
        var json = new StringBuilder("""{"timeDeltas":[],"nodes":[""");
        for (var i = 1; i <= Depth; i++) json.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":{i},\"callFrame\":{{}},\"children\":[{i + 1}]}},");
        json.Append(System.Globalization.CultureInfo.InvariantCulture, $"{{\"id\":{Depth + 1},\"callFrame\":{{}}}}],\"samples\":[{string.Join(',', Enumerable.Range(2, Depth))}],\"timestamps\":[{string.Join(',', Enumerable.Range(0, Depth + 1))}]}}");
        json.Replace("\"timeDeltas\":[],", "");
        var bytes = Encoding.UTF8.GetBytes(json.ToString());
        var profile = new FlatProfile();
        V8ProfileReader.TryRead(bytes, profile, DecodeLimits.Default, out var error).ShouldBeFalse();
        error.Message.ShouldContain("the stacks of the profile have more than 16777216 frames");
        profile.Stacks.Count.ShouldBeLessThan(17_000_000);
        V8ProfileReader.TryRead(bytes, profile, DecodeLimits.Default with { SamplesMax = 100 }, out error).ShouldBeFalse();
        error.Message.ShouldContain("has 50000 different stacks; the limit is 100");
        V8ProfileReader.TryRead(bytes, profile, DecodeLimits.Default with { DepthMax = 5 }, out error).ShouldBeTrue(error.Message);
        profile.Stacks.Count.ShouldBe((5 * Depth) - 10);
    }

    [Theory]
    [InlineData("node-example.cpuprofile")]
    [InlineData("chrome-sucrase.cpuprofile")]
    public async Task RealFile_TotalsAreThoseOfThePlainSums(string file)
    {
        var json = await System.IO.File.ReadAllBytesAsync(Path.Combine(Repository.Shared("other"), file), TestContext.Current.CancellationToken);
        V8ProfileReader.IsV8Profile(json).ShouldBeTrue();
        var profile = new FlatProfile();
        V8ProfileReader.TryRead(json, profile, new DecodeLimits { BytesMax = 0, SamplesMax = 0, DepthMax = 0 }, out var error).ShouldBeTrue(error.Message);

        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var samples = root.GetProperty("samples").GetArrayLength();
        var nanos = root.TryGetProperty("timeDeltas", out var deltas)
            ? (root.GetProperty("endTime").GetInt64() - root.GetProperty("startTime").GetInt64() - deltas[0].GetInt64()) * 1000
            : (root.GetProperty("timestamps")[samples].GetInt64() - root.GetProperty("timestamps")[0].GetInt64()) * 1000;
        var (count, time) = (0L, 0L);
        for (var i = 0; i < profile.Samples.Count; i++) (count, time) = (count + profile.ValuesOf(i)[0], time + profile.ValuesOf(i)[1]);
        (count, time, profile.DurationNanos).ShouldBe((samples, nanos, nanos));
    }

    [Fact]
    public void AnyBytes_GiveAProfileOrAnError()
    {
        byte[][] corpus =
        [
            Encoding.UTF8.GetBytes($$"""{"nodes":[{{Nodes}}],"startTime":1000,"endTime":2000,"samples":[2,3,3,4],"timeDeltas":[100,50,50,300]}"""),
            Encoding.UTF8.GetBytes("""{"head":{"callFrame":{"functionName":"(root)"},"selfSize":0,"id":1,"children":[{"callFrame":{"functionName":"a\u00e4"},"selfSize":64,"id":2,"children":[]}]}}"""),
            Encoding.UTF8.GetBytes("""{"head":{"functionName":"(root)","id":1,"children":[{"functionName":"a","id":2}]},"samples":[2,2],"timestamps":[1,2,3]}"""),
        ];
        var profile = new FlatProfile();
        foreach (var seed in FuzzBudget.Seeds(4_000))
        {
            var random = new Random(seed);
            var input = FuzzBudget.Mutate(corpus[random.Next(corpus.Length)], random);
            try
            {
                if (V8ProfileReader.TryRead(input, profile, DecodeLimits.Default, out var error)) profile.Values.Count.ShouldBe(profile.Samples.Count * profile.SampleTypes.Count);
                else error.Message.ShouldNotBeEmpty();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.UTF8.GetString(input)}", e);
            }
        }
    }

    private static string Draw(string json)
    {
        var profile = Read(json);
        var stacks = new List<string>();
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var names = new List<string>();
            foreach (var location in profile.StackOf(profile.Samples[i])) names.Insert(0, profile.GetString(profile.Functions[profile.Lines[profile.Locations[location].LineStart].Function].Name));
            stacks.Add($"{string.Join(';', names)} {string.Join(',', profile.ValuesOf(i).ToArray())}");
        }
        return string.Join(" | ", stacks.Order(StringComparer.Ordinal));
    }

    private static FlatProfile Read(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        V8ProfileReader.IsV8Profile(bytes).ShouldBeTrue();
        var profile = new FlatProfile();
        V8ProfileReader.TryRead(bytes, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return profile;
    }
}
