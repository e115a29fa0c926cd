using Kagari.Profiles;

namespace Kagari.Profiles.Tests.Model;

public sealed class InterningTests
{
    [Fact]
    public void NameTable_ManyTexts_KeepsIdsAndFindsThem()
    {
        var names = new NameTable();
        for (var i = 0; i < 10_000; i++) names.Intern($"name {i}").ShouldBe(i);
        for (var i = 0; i < 10_000; i++) names.Intern($"name {i}").ShouldBe(i);
        names.GetString(4711).ShouldBe("name 4711");
        names.TryFind("name 9999"u8, out var id).ShouldBeTrue();
        id.ShouldBe(9999);
        names.TryFind("other"u8, out _).ShouldBeFalse();
        names.View()[7].SequenceEqual("name 7"u8).ShouldBeTrue();
        names.Clear();
        names.Intern("x").ShouldBe(0);
    }

    [Fact]
    public void FunctionTree_RandomChildren_EqualsADictionary()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        var tree = new FunctionTree();
        var known = new Dictionary<(int, int), int>();
        for (var i = 0; i < 20_000; i++)
        {
            var key = (random.Next(tree.Count), random.Next(50));
            var node = tree.Child(key.Item1, key.Item2);
            if (known.TryGetValue(key, out var expected)) node.ShouldBe(expected, $"seed {Seed}");
            else known.Add(key, node);
            tree.FindChild(key.Item1, key.Item2).ShouldBe(node);
        }
        tree.Count.ShouldBe(known.Count + 1);
        tree.FindChild(0, 1_000_000).ShouldBe(-1);
    }

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(4_194_304, "4.2 MB")]
    [InlineData(33_554_432, "34 MB")]
    [InlineData(1_500, "1.5 kB")]
    public void ByteSize_Format_ReadsAsPeopleDo(long bytes, string expected) => ByteSize.Format(bytes).ShouldBe(expected);
}
