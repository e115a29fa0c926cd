using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Simulation;

/// <summary>Invents small profiles: stacks with shared beginnings, several types, rows split by a label, now and then spans.</summary>
internal sealed class PushGenerator(Random random, WorldOptions options, ReferenceModel model)
{
    private int _names;

    /// <summary>A kind of profile: its sample types, and which of them are kept as series.</summary>
    private sealed record Kind(string Name, string[] Types, int[] Columns);

    private static readonly Kind[] Kinds =
    [
        new("process_cpu", ["samples:count", "cpu:nanoseconds"], [0, 1]),
        new("memory", ["alloc_objects:count", "alloc_space:bytes", "inuse_objects:count", "inuse_space:bytes"], [0, 1, 2, 3]),
        new("mutex", ["contentions:count", "delay:nanoseconds"], [1]),
        new("wall", ["wall:nanoseconds"], [0]),
    ];

    public static IEnumerable<string> ProfileTypes => Kinds.SelectMany(k => k.Columns.Select(c => TypeOf(k, c)));

    public ModelPush Next(long nowMillis)
    {
        if (random.Next(12) == 0 && TryCopyToOtherTenant() is { } copy) return copy;
        var kind = Kinds[random.Next(options.KindCount)];
        var tenant = $"t{random.Next(options.TenantCount)}";
        var service = $"s{random.Next(options.ServiceCount)}";
        var millis = model.FreeMillis(tenant, Math.Max(1, nowMillis - Lateness()));
        var samples = new List<ModelSample>();
        var withSpans = random.Next(6) == 0;
        for (var n = random.Next(1, 6); n > 0; n--)
        {
            var values = new long[kind.Types.Length];
            for (var i = 0; i < values.Length; i++) values[i] = random.Next(8) == 0 ? 0 : random.Next(20) == 0 ? random.NextInt64(1L << 40) : random.Next(1, 100);
            samples.Add(new ModelSample(Frames(), values, withSpans && random.Next(3) > 0 ? new SpanId((ulong)random.Next(1, 5), (UInt128)random.Next(1, 3)) : default));
        }
        var labels = LabelSet.Of([(LabelNames.ServiceName, service), ("pod", $"p{random.Next(options.PodCount)}")]);
        var identity = new RowIdentity((ulong)random.NextInt64(), (millis * 1_000_000) + random.Next(1_000_000));
        return new ModelPush(model.Pushes.Count, tenant, service, identity, samples, [.. Rows(kind, labels, samples.Count)]);
    }

    /// <summary>Two tenants may send equal profiles at the same time; each has its own.</summary>
    private ModelPush? TryCopyToOtherTenant()
    {
        if (model.Pushes.Count == 0) return null;
        var push = model.Pushes[random.Next(model.Pushes.Count)];
        var tenant = $"t{random.Next(options.TenantCount)}";
        return model.TryTakeMillis(tenant, push.TimeMillis)
            ? new ModelPush(model.Pushes.Count, tenant, push.Service, push.Identity, push.Samples, push.Rows)
            : null;
    }

    /// <summary>The profile as a decoder would have left it.</summary>
    public static FlatProfile ToProfile(ModelPush push)
    {
        var profile = Testing.Drawings.Profile(string.Join(" | ", push.Samples.Select(s => $"{string.Join(';', s.Frames)} {string.Join(',', s.Values)}")));
        for (var i = 0; i < push.Samples[0].Values.Length; i++) profile.SampleTypes.Add(default);
        return profile;
    }

    public static ProfileRow[] ToRows(ModelPush push)
    {
        var spans = push.Samples.Any(s => !s.Span.IsNone) ? push.Samples.Select(s => s.Span).ToArray() : [];
        return [.. push.Rows.Select(r => new ProfileRow(new SeriesGroup(r.Series, r.Columns), r.SampleIndexes.ToArray(), spans))];
    }

    private IEnumerable<ModelRow> Rows(Kind kind, LabelSet labels, int samples)
    {
        // A label of samples splits a profile into rows; the kept types of a row share its stacks.
        var regions = random.Next(4) == 0 ? 2 : 1;
        for (var region = 0; region < regions; region++)
        {
            var own = regions == 1 ? labels : labels.With("region", $"r{region}");
            var indexes = Enumerable.Range(0, samples).Where(i => i % regions == region).ToList();
            if (indexes.Count > 0)
                yield return new ModelRow([.. kind.Columns.Select(c => own.With(LabelNames.ProfileType, TypeOf(kind, c)))], kind.Columns, indexes);
        }
    }

    private string[] Frames()
    {
        var frames = new string[random.Next(1, 7)];
        for (var i = 0; i < frames.Length; i++) frames[i] = random.Next(25) == 0 ? $"new{_names++}" : $"f{i}{(char)('a' + random.Next(3))}";
        return frames;
    }

    private long Lateness() => random.Next(10) switch
    {
        < 7 => random.Next(2_000),
        < 9 => random.Next(3_600_000),
        _ => random.NextInt64(3 * 86_400_000L),
    };

    private static string TypeOf(Kind kind, int column) => $"{kind.Name}:{kind.Types[column]}:{kind.Types[^1]}";
}
