using Kagari.Profiles;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Limits;
using Kagari.Server.Relabeling;
using Kagari.Storage;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>From the labels of a push and of its samples to the series of each sample type: relabelled, checked, complete.</summary>
internal static class SeriesGroupFactory
{
    /// <summary>The series of all sample types, by service; types whose series a rule drops are missing.</summary>
    /// <exception cref="IngestException">A label is not allowed.</exception>
    public static SeriesGroups Create(FlatProfile profile, IReadOnlyList<Label> labels, TenantLimits limits)
    {
        var period = (Type: profile.GetString(profile.PeriodType.Type), Unit: profile.GetString(profile.PeriodType.Unit));
        var byService = new SortedDictionary<string, (List<LabelSet> Series, List<int> Columns)>(StringComparer.Ordinal);
        var dropped = 0;
        for (var column = 0; column < profile.SampleTypes.Count; column++)
        {
            var type = profile.SampleTypes[column];
            var complete = Complete(labels, profile.GetString(type.Type), profile.GetString(type.Unit), period, limits);
            if (complete is null)
            {
                dropped++;
                continue;
            }
            var service = complete[LabelNames.ServiceName];
            if (!byService.TryGetValue(service, out var group)) byService.Add(service, group = ([], []));
            group.Series.Add(complete);
            group.Columns.Add(column);
        }
        return new SeriesGroups([.. byService.Select(g => (g.Key, new SeriesGroup(g.Value.Series, g.Value.Columns)))], dropped);
    }

    private static LabelSet? Complete(
        IReadOnlyList<Label> labels, string type, string unit, (string Type, string Unit) period, TenantLimits limits)
    {
        var relabelled = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels) relabelled.TryAdd(label.Name, label.Value);
        relabelled[LabelNames.Type] = type;
        relabelled[LabelNames.Unit] = unit;
        foreach (var rule in limits.SampleTypeRelabelingRules)
            if (!rule.Apply(new SortedDictionary<string, string>(relabelled, StringComparer.Ordinal))) return null;
        foreach (var rule in DefaultRules.Combine(limits))
            if (!rule.Apply(relabelled)) return null;
        type = relabelled.GetValueOrDefault(LabelNames.Type, "");
        unit = relabelled.GetValueOrDefault(LabelNames.Unit, "");
        foreach (var name in NotStored) relabelled.Remove(name);
        if (relabelled.Count == 0) return null;

        // Duplicates that the client sent were refused before; what counts against the limits is what is stored.
        var valid = LabelValidator.Validate([.. relabelled.Select(l => new Label(l.Key, l.Value))], limits);
        var id = new ProfileTypeId(valid[LabelNames.Name], type, unit, period.Type, period.Unit);
        // A type without a period has none of its labels: an empty label is as good as none, and the peer stores none.
        Label[] own =
        [
            new Label(LabelNames.Type, type),
            new Label(LabelNames.Unit, unit),
            new Label(LabelNames.PeriodType, period.Type),
            new Label(LabelNames.PeriodUnit, period.Unit),
            new Label(LabelNames.ProfileType, id.ToString()),
            new Label(LabelNames.PrivateServiceName, valid[LabelNames.ServiceName]),
        ];
        return LabelSet.Of(valid.Concat(own.Where(l => l.Value.Length > 0)));
    }

    /// <summary>Hints to the server, and labels that the server sets itself.</summary>
    private static readonly string[] NotStored =
    [
        LabelNames.Delta, LabelNames.Order, LabelNames.Type, LabelNames.Unit, LabelNames.PeriodType,
        LabelNames.PeriodUnit, LabelNames.ProfileType, LabelNames.PrivateServiceName,
    ];
}

/// <summary>The series groups of one label set, one per service, and how many sample types rules dropped.</summary>
internal sealed record SeriesGroups(IReadOnlyList<(string Service, SeriesGroup Group)> Groups, int Dropped);
