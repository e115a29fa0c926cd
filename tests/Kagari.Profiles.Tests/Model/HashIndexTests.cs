namespace Kagari.Profiles.Tests.Model;

public sealed class HashIndexTests
{
    [Fact]
    public void Clear_AfterAGiantAndSmallUse_LetsTheMemoryGo()
    {
        var index = new HashIndex();
        for (var row = 0; row < 100_000; row++) index.Add(XxHash64.Mix((ulong)row, 1), row);
        var giant = index.MemoryBytes;
        index.Clear();
        index.MemoryBytes.ShouldBe(giant, "it was used; the next may be a giant too");
        index.Add(1, 0);
        index.Clear();
        index.MemoryBytes.ShouldBe(0, "each small recording after the giant would clear all of it");
        index.Add(7UL << 32, 3);
        var probe = HashIndex.Probe(7UL << 32);
        index.Next(ref probe, out var row7).ShouldBeTrue();
        row7.ShouldBe(3);
    }

    [Fact]
    public void Next_FindsEveryRow_AndNoOther()
    {
        var random = new Random(20261121);
        var index = new HashIndex();
        var hashes = Enumerable.Range(0, 5000).Select(_ => (ulong)random.NextInt64()).ToArray();
        for (var row = 0; row < hashes.Length; row++) index.Add(hashes[row], row);
        for (var row = 0; row < hashes.Length; row++)
        {
            var found = false;
            var probe = HashIndex.Probe(hashes[row]);
            while (index.Next(ref probe, out var candidate)) found |= candidate == row;
            found.ShouldBeTrue($"row {row}");
        }
    }
}
