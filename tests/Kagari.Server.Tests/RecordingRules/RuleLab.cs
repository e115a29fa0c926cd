using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Objects;
using Kagari.Server.RecordingRules;
using Kagari.Server.RecordingRules.Evaluation;
using Kagari.Server.RecordingRules.Exporting;
using Kagari.Storage;
using Kagari.Testing;
using Kagari.Wire.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Kagari.Server.Tests.RecordingRules;

/// <summary>A store whose compaction is evaluated; a test takes what waits for export, and lets the process die where it likes.</summary>
internal sealed class RuleLab : IAsyncDisposable
{
    private readonly Dictionary<string, SortedDictionary<long, double>> _exported = new(StringComparer.Ordinal);

    private RuleLab(TestStore store) => Store = store;

    public TestStore Store { get; }

    /// <summary>The rules in force for everyone.</summary>
    public List<RecordingRule> Rules { get; } = [];

    public ExporterMetrics Metrics { get; } = new();

    public Outbox Outbox { get; private set; } = null!;

    public QueryEngine Engine { get; private set; } = null!;

    /// <summary>What happens in the next jobs.</summary>
    public Accident Next { get; set; }

    /// <summary>Values by time of each series that was taken from the queue, by its labels.</summary>
    public IReadOnlyDictionary<string, SortedDictionary<long, double>> Exported => _exported;

    public static async Task<RuleLab> OpenAsync(CompactorOptions? compaction = null)
    {
        var lab = new RuleLab(await TestStore.OpenAsync(compaction: compaction));
        await lab.BeginAsync();
        return lab;
    }

    public async Task ReopenAsync()
    {
        Next = Accident.None;
        await Store.ReopenAsync();
        await BeginAsync();
    }

    /// <summary>Takes all that waits, as the exporter does. A series never gets two values for a time.</summary>
    public async Task ExportAsync()
    {
        while (Outbox.Heads() is { Count: > 0 } heads)
        {
            foreach (var item in heads)
            {
                var recorded = (await Outbox.ReadAsync(item, default)).ShouldNotBeNull();
                foreach (var series in recorded.Request.Timeseries)
                {
                    var labels = $"{item.Tenant} {FakeReceiver.Draw(series)}";
                    if (!_exported.TryGetValue(labels, out var values)) _exported.Add(labels, values = []);
                    var sample = series.Samples.ShouldHaveSingleItem();
                    if (values.Count > 0) sample.Timestamp.ShouldBeGreaterThan(values.Keys.Max(), labels);
                    values.Add(sample.Timestamp, sample.Value);
                }
                await Outbox.RemoveAsync(item, default);
            }
        }
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private async Task BeginAsync()
    {
        Engine = new QueryEngine(Store.Catalogue, Store.NewDatasets());
        Outbox = new Outbox(new TenantDocuments(Store.Files, "recorded-samples"), 1 << 30, Metrics, NullLogger<Outbox>.Instance);
        var last = await Outbox.RecoverAsync(Store.Catalogue.Segments().Select(s => s.ObjectKey).ToHashSet(StringComparer.Ordinal), default);
        var limits = new LiveLimits(this);
        var book = new RuleBook(new TenantDocuments(Store.Files, "recording-rules"), limits, isOpen: true);
        Store.Compactor.Observe(new Saboteur(this, new RuleEvaluator(book, Engine, Outbox, limits, Metrics, Store.Time, NullLogger<RuleEvaluator>.Instance, last)));
    }

    /// <summary>Where a job or the process ends.</summary>
    public enum Accident
    {
        /// <summary>Nowhere.</summary>
        None,

        /// <summary>After the blocks were written, before values were stored.</summary>
        BeforeCount,

        /// <summary>After values were stored, before the blocks are committed.</summary>
        BeforeCommit,

        /// <summary>After the blocks are committed, before anything knows of it.</summary>
        AfterCommit,
    }

    private sealed class LiveLimits(RuleLab lab) : ILimitsProvider
    {
        public TenantLimits For(string tenant) => new() { RecordingRules = [.. lab.Rules] };
    }

    private sealed class Saboteur(RuleLab lab, RuleEvaluator evaluator) : IFirstBlocksObserver
    {
        public async ValueTask WrittenAsync(FirstBlocks blocks, CancellationToken cancellation)
        {
            if (lab.Next == Accident.BeforeCount) throw new IOException("An accident before the count.");
            await evaluator.WrittenAsync(blocks, cancellation);
            if (lab.Next == Accident.BeforeCommit) throw new IOException("An accident before the commit.");
        }

        public void Committed(UInt128 job)
        {
            if (lab.Next != Accident.AfterCommit) evaluator.Committed(job);
        }
    }
}
