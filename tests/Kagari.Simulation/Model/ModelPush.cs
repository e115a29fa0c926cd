using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>A sample as the reference model keeps it: frames root first, a value per sample type.</summary>
internal sealed record ModelSample(string[] Frames, long[] Values, SpanId Span);

/// <summary>One row of a push: the series of its columns and the samples that belong to them.</summary>
internal sealed record ModelRow(LabelSet[] Series, int[] Columns, IReadOnlyList<int> SampleIndexes);

/// <summary>What recovery made of a push that nobody was told about.</summary>
internal enum Settlement
{
    /// <summary>Both are allowed.</summary>
    Open,

    /// <summary>It was seen once, so it stays.</summary>
    Seen,

    /// <summary>It was not there after recovery, so it never comes back unless it is sent again.</summary>
    Gone,
}

/// <summary>One profile that a client sends, and what is known of its fate. Identity: <see cref="Identity"/>.</summary>
internal sealed class ModelPush(int number, string tenant, string service, RowIdentity identity, IReadOnlyList<ModelSample> samples, IReadOnlyList<ModelRow> rows)
{
    public int Number => number;

    public string Tenant => tenant;

    public string Service => service;

    public RowIdentity Identity => identity;

    public long TimeMillis => identity.TimeNanos / 1_000_000;

    public IReadOnlyList<ModelSample> Samples => samples;

    public IReadOnlyList<ModelRow> Rows => rows;

    /// <summary>Whether it ever reached the ingester.</summary>
    public bool WasDelivered { get; set; }

    /// <summary>Whether the ingester said that it is durable and visible.</summary>
    public bool IsAcknowledged { get; set; }

    /// <summary>Whether it was deleted on purpose: an acknowledged push that must be gone.</summary>
    public bool IsDeleted { get; set; }

    /// <summary>What is known where it was delivered and not acknowledged.</summary>
    public Settlement Settlement { get; set; }

    /// <summary>Whether an attempt failed or died: a copy that nobody saw written may come up after a restart.</summary>
    public bool WasInDoubt { get; set; }

    /// <summary>Where its copies lie, as far as the world saw them written.</summary>
    public HashSet<(string Key, long Offset)> Places { get; } = [];

    /// <summary>Whether somebody damaged bytes that it may need: then it may be missing, if that is reported.</summary>
    public bool MayBeMissing => DamagedKeys.Count > 0;

    /// <summary>The damaged objects that it may need.</summary>
    public HashSet<string> DamagedKeys { get; } = new(StringComparer.Ordinal);

    /// <summary>The same with one of its rows: what a damaged page leaves of it.</summary>
    public ModelPush Only(ModelRow row) => new(number, tenant, service, identity, samples, [row]);

    /// <summary>Totals per series: what the row totals of all its rows add up to.</summary>
    public Dictionary<LabelSet, long> SeriesTotals()
    {
        var totals = new Dictionary<LabelSet, long>();
        foreach (var row in rows)
        {
            var counted = Counted(row).ToList();
            if (counted.Count == 0) continue;
            for (var column = 0; column < row.Columns.Length; column++)
                totals[row.Series[column]] = totals.GetValueOrDefault(row.Series[column]) + counted.Sum(s => s.Values[row.Columns[column]]);
        }
        return totals;
    }

    /// <summary>The samples of a row that are stored: those whose kept values are not all zero.</summary>
    public IEnumerable<ModelSample> Counted(ModelRow row) =>
        row.SampleIndexes.Select(i => samples[i]).Where(s => row.Columns.Any(c => s.Values[c] != 0));

    public override string ToString() => $"push {number} ({tenant}/{service} at {TimeMillis} ms)";
}
