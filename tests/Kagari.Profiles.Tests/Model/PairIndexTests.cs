using Kagari.Testing;

namespace Kagari.Profiles.Tests.Model;

public sealed class PairIndexTests
{
    [Fact]
    public void Find_AfterManySteps_IsWhatADictionaryHolds()
    {
        foreach (var seed in FuzzBudget.Seeds(200))
        {
            var random = new Random(seed);
            var first = random.Next(3);   // tries do not enter their root
            var rows = new List<(int, int)>();
            var index = new PairIndex<Rows>();
            var plain = new Dictionary<(int, int), int>();
            for (var step = random.Next(1, 3000); step > 0; step--)
            {
                if (rows.Count < first) rows.Add((-1, -1));
                else if (random.Next(2000) == 0)
                {
                    index.Clear();
                    plain.Clear();
                    rows.Clear();
                }
                else if (random.Next(500) == 0) index.Rebuild(new Rows(rows), first, rows.Count);
                else Visit(random.Next(-1, 40), random.Next(-1, 60), $"seed {seed}, {rows.Count} rows");
            }

            void Visit(int one, int two, string at)
            {
                index.Find(new Rows(rows), one, two).ShouldBe(plain.GetValueOrDefault((one, two), -1), at);
                if (!plain.TryAdd((one, two), rows.Count)) return;
                rows.Add((one, two));
                index.Add(new Rows(rows), rows.Count - 1);
            }
        }
    }

    private readonly struct Rows(List<(int, int)> pairs) : IPairRows
    {
        public bool IsAt(int row, int first, int second) => pairs[row] == (first, second);

        public (int First, int Second) PairAt(int row) => pairs[row];
    }
}
