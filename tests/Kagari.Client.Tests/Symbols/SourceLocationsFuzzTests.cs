using Kagari.Client.Symbols;
using Kagari.Testing;

namespace Kagari.Client.Tests.Symbols;

/// <summary>A PDB, and a module, are files like any other: whatever is in them, the profiler goes on.</summary>
public sealed class SourceLocationsFuzzTests
{
    [Fact]
    public void Read_MutatedPdbs_GiveLinesOrNone()
    {
        var pdb = File.ReadAllBytes(Path.ChangeExtension(typeof(SourceLocations).Assembly.Location, ".pdb"));
        var found = 0;
        foreach (var seed in FuzzBudget.Seeds(1_500))
        {
            var random = new Random(seed);
            // Half of them where the tables are, at the beginning of the file, where most of what can go wrong is.
            var cut = random.Next(2) == 0 ? 0 : Math.Min(pdb.Length, 4096);
            byte[] input = cut == 0 ? FuzzBudget.Mutate(pdb, random) : [.. FuzzBudget.Mutate(pdb.AsSpan(0, cut), random), .. pdb.AsSpan(cut)];
            try
            {
                var sources = MethodSources.Read(input, null);
                for (var row = 0; row <= sources.Count + 1; row++)
                    if (sources.Of(0x06000000 | row).Line > 0) found++;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
        }
        found.ShouldBeGreaterThan(0, "no mutated PDB had a line left: what is tested is only the header");
    }

    [Fact]
    public void Of_MutatedModules_GiveLinesOrNone()
    {
        using var folder = new TemporaryDirectory();
        var embedded = Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Client.Scenarios", "release", "Kagari.Client.Scenarios.dll");
        var bytes = File.ReadAllBytes(embedded);
        var locations = new SourceLocations();
        foreach (var seed in FuzzBudget.Seeds(300))
        {
            var random = new Random(seed);
            var module = Path.Combine(folder.Path, $"{seed}.dll");
            var cut = random.Next(bytes.Length);
            File.WriteAllBytes(module, random.Next(2) == 0 ? FuzzBudget.Mutate(bytes, random) : [.. FuzzBudget.Mutate(bytes.AsSpan(0, cut), random), .. bytes.AsSpan(cut)]);
            try
            {
                for (var row = 1; row < 200; row++) locations.Of(module, 0x06000000 | row);
                MethodTokens.Read(module).Of("Kagari.Client.Scenarios.Lines", "Plain");
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}", e);
            }
            File.Delete(module);
        }
    }
}
