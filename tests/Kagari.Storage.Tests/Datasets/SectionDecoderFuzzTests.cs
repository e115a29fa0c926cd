using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Datasets;

/// <summary>Every decoder of stored bytes is total: checksums protect them, but not from bugs or from a hostile file.</summary>
public sealed class SectionDecoderFuzzTests
{
    [Fact]
    public async Task Decoders_MutatedSections_HoldOrRefuse()
    {
        var corpus = await CorpusAsync();
        foreach (var seed in FuzzBudget.Seeds(8_000))
        {
            var random = new Random(seed);
            var kind = random.Next(corpus.Length);
            var input = FuzzBudget.Mutate(corpus[kind], random);
            try
            {
                Decode(kind, input);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, kind {kind}: {Convert.ToHexString(input)}", e);
            }
        }
    }

    private static void Decode(int kind, byte[] input)
    {
        switch (kind)
        {
            case 0:
                var symbols = new SymbolTable();
                var nodes = new FlatList<StackNode>();
                if (!SymbolsCodec.TryDecode(input, symbols, 1, ref nodes)) return;
                foreach (var node in nodes.Span) _ = symbols.LinesOf(symbols.Locations[node.Location]).Length;
                break;
            case 1:
                var strings = new NameTable();
                for (var i = 0; i < 100; i++) strings.Intern($"s{i}");
                SeriesCodec.TryDecode(input, new ChainSeries(), strings);
                break;
            case 2:
                var rows = new FlatList<Row>();
                var totals = new FlatList<long>();
                RowsCodec.TryDecode(input, [[0], [1, 2]], ref rows, ref totals);
                break;
            case 3:
                var row = new Row(0, default, 0, Math.Min(input.Length, 3), 1, 0, input.Length, 0);
                new CellDecoder().TryDecode(input, row, 1, 2, 50, withSpans: true);
                break;
            case 4:
                SegmentToc.TryDecode(input, 32, 1 << 20);
                break;
            default:
                ManifestFile.Read(input, out _);
                break;
        }
    }

    private static async Task<byte[][]> CorpusAsync()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b;c 1 | a;d 22 | e 333", 1);
        var segment = store.Catalogue.Segments()[0];
        var chains = store.NewDatasets();
        var sections = new List<byte[]>();
        foreach (var kind in Enum.GetValues<SectionKind>())
        {
            using var bytes = await chains.Sections.TryReadAsync(segment.ObjectKey, segment.Datasets[0][kind], default);
            sections.Add(bytes!.Span.ToArray());
        }
        var log = await File.ReadAllBytesAsync(Path.Combine(store.Root, segment.ObjectKey));
        SegmentFrame.TryReadHeader(log, out var header).ShouldBeTrue();
        sections.Add(log[SegmentFrame.HeaderBytes..header.PayloadStart]);
        sections.Add(await File.ReadAllBytesAsync(Path.Combine(store.Root, "manifest")));
        return [.. sections];
    }
}
