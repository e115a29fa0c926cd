using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>A profile that is not stored, as a file that somebody brought: what of it a <see cref="Selection"/> is about.</summary>
/// <param name="Profile">The profile. Not changed.</param>
/// <param name="Column">Which of its values.</param>
public sealed record SelectedProfile(FlatProfile Profile, int Column)
{
    /// <summary>Where it comes from, for people who read the answer: the id of a file.</summary>
    public string Source { get; init; } = "";

    /// <summary>What the values are called there.</summary>
    public string TypeName { get; init; } = "";

    /// <summary>What else could be asked about there, this included.</summary>
    public IReadOnlyList<string> TypeNames { get; init; } = [];

    /// <summary>Sample type and unit, without the family and the period, which files do not say.</summary>
    public ProfileTypeId Type
    {
        get
        {
            var type = Profile.SampleTypes[Column];
            return new ProfileTypeId("", Profile.GetString(type.Type), Profile.GetString(type.Unit), "", "");
        }
    }

    /// <summary>How long was sampled; 0 = unknown.</summary>
    public double Seconds => Math.Max(Profile.DurationNanos, 0) / 1e9;

    /// <summary>The stacks that count.</summary>
    /// <exception cref="NotSupportedException">The filter chooses spans, traces or profiles.</exception>
    public FunctionTree Tree(StackFilter filter)
    {
        if (filter.AsksForSingles) throw new NotSupportedException("A profile that is not stored has no spans and no id.");
        var whole = ProfileFunctions.TreeOf(Profile, Column);
        if (!filter.SelectsStacks) return whole;
        // As a dataset whose stacks are the nodes of the tree.
        var view = new DatasetView
        {
            Names = whole.Names.View(),
            Tree = new FunctionTreeView(whole.ParentsMemory, whole.NameIdsMemory),
            TreeNodes = Enumerable.Range(0, whole.Count).ToArray(),
            Series = [],
            SeriesHashes = [],
            Groups = [],
        };
        var part = new FunctionTree();
        TreeMerger.Add(view, whole.Selfs, StackMask.Compute(view, filter), part);
        return part;
    }
}
