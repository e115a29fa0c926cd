using Kagari.Client;

namespace Pyroscope;

/// <summary>Labels for samples. Immutable.</summary>
/// <remarks>
/// As in the package that this stands in for, any name is taken; what a server would refuse is repaired (other characters
/// become underscores) or, where the name is one that the profiler sets itself, left out.
/// <see cref="ProfileLabels"/> is the strict one.
/// </remarks>
public class LabelSet
{
    /// <summary>No labels.</summary>
    public static readonly LabelSet Empty = new([]);

    private readonly Dictionary<string, string> _labels;

    private LabelSet(Dictionary<string, string> labels)
    {
        _labels = labels;
        Labels = ToLabels(labels);
    }

    internal ProfileLabels Labels { get; }

    /// <summary>A builder that begins with these labels.</summary>
    public Builder BuildUpon() => new(this);

    /// <summary>The flow that runs here has these labels, and no other ones, from now on; the caller of an asynchronous method keeps its own.</summary>
    /// <remarks>Nothing ends them but another call: prefer <see cref="LabelsWrapper"/>.</remarks>
    public void Activate() => CurrentLabels.SetTable(Labels.Alone);

    internal static ProfileLabels ToLabels(IEnumerable<KeyValuePair<string, string>> labels) =>
        ProfileLabels.Of([.. labels.Select(l => (Name: LabelRules.NearestName(l.Key), l.Value)).Where(l => l.Name is not null)!]);

    /// <summary>Collects labels.</summary>
    public class Builder
    {
        private readonly Dictionary<string, string> _labels;

        /// <summary>Begins with the labels of a set.</summary>
        public Builder(LabelSet prev)
        {
            ArgumentNullException.ThrowIfNull(prev);
            _labels = new Dictionary<string, string>(prev._labels, StringComparer.Ordinal);
        }

        /// <summary>Adds a label; one of that name is replaced.</summary>
        public Builder Add(string k, string v)
        {
            _labels[k] = v;
            return this;
        }

        /// <summary>The labels so far.</summary>
        public LabelSet Build() => new(new Dictionary<string, string>(_labels, StringComparer.Ordinal));
    }
}
