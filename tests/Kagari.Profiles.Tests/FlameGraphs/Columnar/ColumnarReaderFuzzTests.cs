using Kagari.Testing;

namespace Kagari.Profiles.Tests.FlameGraphs.Columnar;

/// <summary>Any bytes give a graph that can be written again, or an error, in bounded memory.</summary>
public sealed class ColumnarReaderFuzzTests
{
    [Fact]
    public void TryRead_MutatedBytes_GivesAGraphOrAnError()
    {
        foreach (var seed in FuzzBudget.Seeds(3000))
        {
            var random = new Random(seed);
            var bytes = FuzzBudget.Mutate(RandomGraphs.Write(RandomGraphs.Make(random)), random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (!ColumnarReader.TryRead(bytes, DecodeLimits.Default with { BytesMax = 1 << 20 }, out var graph, out var error)) error.Message.ShouldNotBeNullOrEmpty();
                else if (!ColumnarReader.TryRead(RandomGraphs.Write(graph), DecodeLimits.Default, out _, out error)) throw new InvalidOperationException(error.Message);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(bytes)}", e);
            }
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan((8 << 20) + (200 * bytes.Length), $"seed {seed}");
        }
    }
}
