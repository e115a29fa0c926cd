using System.Buffers;
using System.Diagnostics;
using Kagari.Profiles.Tests.FlameGraphs;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.Text;

/// <summary>Each decoder with mutated and truncated input: a profile or an error, in bounded time, never an exception.</summary>
public sealed class DecoderFuzzTests
{
    private const int Rounds = 3_000;

    private static readonly DecodeLimits s_limits = new() { BytesMax = 1 << 20, SamplesMax = 5_000, DepthMax = 50, StringBytesMax = 1_000 };

    private delegate bool Decoder(ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error);

    [Fact]
    public void FoldedReader_AnyBytes_GivesAProfileOrAnError() => Fuzz(FoldedReader.TryRead, tree => Collapsed(tree));

    [Fact]
    public void LinesReader_AnyBytes_GivesAProfileOrAnError() => Fuzz(LinesReader.TryRead, tree => Collapsed(tree));

    [Fact]
    public void TreeReader_AnyBytes_GivesAProfileOrAnError() => Fuzz(TreeReader.TryRead, TreeOf);

    [Fact]
    public void TrieReader_AnyBytes_GivesAProfileOrAnError() => Fuzz(TrieReader.TryRead, TreeOf);

    [Fact]
    public void TreeBytes_AnyBytes_GiveATreeOrAnError() => Fuzz(
        (ReadOnlySpan<byte> input, FlatProfile into, DecodeLimits limits, out ProfileError error) =>
        {
            into.Clear();
            var tree = new FunctionTree();
            if (!TreeBytes.TryRead(input, tree, limits, out error)) return false;
            FlameGraph.Build(tree, 10).Total.ShouldBeGreaterThanOrEqualTo(0);
            return true;
        },
        TreeOf);

    [Fact]
    public void Readers_TreeAndFoldedOfOneTree_GiveTheSameProfile()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var tree = new FunctionTree();
            foreach (var stack in Drawings.Draw(RandomTrees.Make(new Random(seed), 40)).Split(" | "))
            {
                var space = stack.LastIndexOf(' ');
                if (space <= 0 || stack[..space].EndsWith(';')) continue;   // text cannot say that the leaf has no name
                tree.Merge(Drawings.Tree(stack));
            }
            Draw(FoldedReader.TryRead, Collapsed(tree)).ShouldBe(Drawings.Draw(tree), $"seed {seed}");
            var renamed = new FunctionTree();
            renamed.Merge(Drawings.Tree(Drawings.Draw(tree).Replace("other", "another")));
            Draw(TreeReader.TryRead, TreeOf(renamed)).ShouldBe(Drawings.Draw(renamed), $"seed {seed}");
        }
    }

    private static void Fuzz(Decoder decode, Func<FunctionTree, byte[]> encode)
    {
        var profile = new FlatProfile();
        var clock = Stopwatch.StartNew();
        var good = 0;
        foreach (var seed in Kagari.Testing.FuzzBudget.Seeds(Rounds))
        {
            var random = new Random(seed);
            var input = Mutate(random, encode(RandomTrees.Make(random, random.Next(0, 30))));
            try
            {
                if (!decode(input, profile, s_limits, out var error))
                {
                    error.IsError.ShouldBeTrue();
                    error.Message.ShouldNotBeNullOrEmpty();
                    continue;
                }
                error.IsError.ShouldBeFalse();
                good++;
                Check(profile);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(input)}", e);
            }
        }
        good.ShouldBeGreaterThan(0);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    /// <summary>Every index in range, every limit kept, no stack twice.</summary>
    private static void Check(FlatProfile profile)
    {
        profile.Samples.Count.ShouldBeLessThanOrEqualTo(s_limits.SamplesMax);
        profile.Values.Count.ShouldBe(profile.Samples.Count);
        var drawing = Drawings.Draw(profile);
        drawing.Length.ShouldBeLessThan(int.MaxValue);
        var stacks = new HashSet<string>();
        foreach (var sample in profile.Samples.Span)
        {
            sample.StackCount.ShouldBeLessThanOrEqualTo(s_limits.DepthMax);
            stacks.Add(string.Join(',', profile.StackOf(sample).ToArray())).ShouldBeTrue();
        }
        foreach (var value in profile.Values.Span) value.ShouldBeGreaterThan(0);
    }

    private static byte[] Mutate(Random random, byte[] bytes)
    {
        var list = bytes.ToList();
        for (var i = random.Next(0, 6); i > 0 && list.Count > 0; i--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(5))
            {
                case 0: list[at] = (byte)random.Next(256); break;
                case 1: list.RemoveRange(at, random.Next(1, Math.Min(8, list.Count - at) + 1)); break;
                case 2: list.InsertRange(at, list.GetRange(0, random.Next(list.Count))); break;
                case 3: list.InsertRange(at, Enumerable.Repeat((byte)0xff, random.Next(1, 12))); break;
                default: list.RemoveRange(at, list.Count - at); break;
            }
        }
        return [.. list];
    }

    private static string Draw(Decoder decode, byte[] input)
    {
        var profile = new FlatProfile();
        decode(input, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        return Drawings.Draw(profile);
    }

    private static byte[] Collapsed(FunctionTree tree)
    {
        var bytes = new ArrayBufferWriter<byte>();
        CollapsedWriter.Write(tree, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    private static byte[] TreeOf(FunctionTree tree)
    {
        var bytes = new ArrayBufferWriter<byte>();
        TreeBytes.Write(tree, 0, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
