using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests;

/// <summary>An embedded store in a temporary directory that tests write, damage and reopen.</summary>
internal sealed class StoreFixture : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private LocalObjectStore? _store;
    private ManifestCatalogue? _catalogue;
    private SegmentLog? _log;
    private Ingester? _ingester;

    public string Root => _directory.Path;

    public List<StorageReport> Reports { get; } = [];

    public Ingester Ingester => _ingester!;

    public ManifestCatalogue Catalogue => _catalogue!;

    public LocalObjectStore Store => _store!;

    public IngesterOptions Options { get; init; } = new() { FlushInterval = TimeSpan.Zero };

    public static async Task<StoreFixture> OpenAsync(IngesterOptions? options = null)
    {
        var fixture = new StoreFixture { Options = options ?? new IngesterOptions { FlushInterval = TimeSpan.Zero } };
        await fixture.StartAsync();
        return fixture;
    }

    /// <summary>Closes everything and opens it again, with whatever the test did to the files between.</summary>
    public async Task ReopenAsync(Action? between = null)
    {
        await StopAsync();
        between?.Invoke();
        await StartAsync();
    }

    /// <summary>Stores a drawing under a series and waits until it is durable.</summary>
    public Task PutAsync(string drawing, long timeNanos, string service = "cart", string pod = "a", string tenant = "t")
    {
        var profile = Drawings.Folded(drawing);
        var samples = Enumerable.Range(0, profile.Samples.Count).ToArray();
        var row = new ProfileRow(Group(service, pod), samples, default);
        return Ingester.Append(tenant, service, profile, [row], timeNanos, XxHash64.Of(System.Text.Encoding.UTF8.GetBytes(drawing + pod)), out _);
    }

    public static SeriesGroup Group(string service, string pod) => new(
        [LabelSet.Of([(LabelNames.ServiceName, service), ("pod", pod), (LabelNames.ProfileType, "cpu:cpu:ns::")])], [0]);

    /// <summary>Everything stored for a tenant, as a drawing of all samples added up; row identities count once.</summary>
    public async Task<string> DrawAsync(string tenant = "t")
    {
        var tree = new FunctionTree();
        var seen = new HashSet<(RowIdentity, string)>();
        var chains = new ChainCache(new SectionReader(Store, Reports.Add), 64 << 20);
        foreach (var selection in Catalogue.Select(tenant, long.MinValue, long.MaxValue, _ => true))
        {
            var (view, usable) = await chains.OpenAsync(selection, default);
            foreach (var index in selection.Selected.Where(i => i < usable))
            {
                var entry = selection.Entries[index];
                using var rowBytes = await chains.Sections.TryReadAsync(selection.Key.ObjectKey, entry[SectionKind.Rows], default);
                using var samples = await chains.Sections.TryReadAsync(selection.Key.ObjectKey, entry[SectionKind.Samples], default);
                if (rowBytes is null || samples is null) continue;
                var rows = new FlatList<Row>();
                var totals = new FlatList<long>();
                RowsCodec.TryDecode(rowBytes.Span, view.Groups, ref rows, ref totals).ShouldBeTrue();
                AddRows(view, rows, samples, tree, seen);
            }
        }
        return Drawings.Draw(tree);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private static void AddRows(ChainView view, FlatList<Row> rows, SectionBytes samples, FunctionTree tree, HashSet<(RowIdentity, string)> seen)
    {
        var decoder = new CellDecoder();
        foreach (var row in rows.Span)
        {
            var group = view.Groups[row.Group];
            if (!seen.Add((row.Identity, view.Series[group[0]].ToString()))) continue;
            decoder.TryDecode(samples.Span, row, 0, group.Length, view.Nodes.Length, withSpans: false).ShouldBeTrue();
            for (var i = 0; i < decoder.Nodes.Length; i++)
            {
                var path = new List<int>();
                for (var node = view.TreeNodes.Span[decoder.Nodes[i]]; node > 0; node = view.Tree.Parents.Span[node])
                    path.Add(tree.Names.Intern(view.Names[view.Tree.Names.Span[node]]));
                path.Reverse();
                tree.AddStack(path.ToArray(), decoder.Values[i]);
            }
        }
    }

    private async Task StartAsync()
    {
        _store = new LocalObjectStore(Root);
        _catalogue = await ManifestCatalogue.OpenAsync(_store, Reports.Add, default);
        _log = await SegmentLog.OpenAsync(_store, default);
        _ingester = new Ingester(_log, _catalogue, Options, TimeProvider.System, Reports.Add);
    }

    private async Task StopAsync()
    {
        if (_ingester is not null) await _ingester.DisposeAsync();
        _log?.Dispose();
        _catalogue?.Dispose();
        _store?.Dispose();
    }
}
