using System.Text;

namespace Kagari.Profiles;

/// <summary>One profile in flat arrays, as pprof shapes it: the form between every decoder and the storage.</summary>
/// <remarks>
/// An instance is reused: <see cref="Clear"/> keeps the arrays, so decoding the next profile allocates nothing.
/// All references are indexes into these lists, checked by the decoder; −1 means none.
/// <code>
/// Samples[i] ──▶ Stacks[StackStart ..+StackCount] ──▶ Locations[l] ──▶ Lines[LineStart ..+LineCount] ──▶ Functions[f] ──▶ Strings[s]
///            ──▶ Values[i * SampleTypes.Count ..+SampleTypes.Count]      leaf first          innermost inlined call first
///            ──▶ Labels[LabelStart ..+LabelCount]
/// </code>
/// Not thread safe.
/// </remarks>
public sealed class FlatProfile
{
    /// <summary>What each value column of a sample means.</summary>
    public FlatList<ValueType> SampleTypes;

    /// <summary>The samples.</summary>
    public FlatList<Sample> Samples;

    /// <summary>All samples' locations, leaf first: indexes into <see cref="Locations"/>.</summary>
    public FlatList<int> Stacks;

    /// <summary>All samples' values, <see cref="SampleTypes"/> many per sample.</summary>
    public FlatList<long> Values;

    /// <summary>All samples' labels.</summary>
    public FlatList<SampleLabel> Labels;

    /// <summary>Places in the code; several inlined calls may share one.</summary>
    public FlatList<Location> Locations;

    /// <summary>Lines of the locations, innermost (inlined) call first.</summary>
    public FlatList<Line> Lines;

    /// <summary>Functions.</summary>
    public FlatList<Function> Functions;

    /// <summary>Binaries and libraries.</summary>
    public FlatList<Mapping> Mappings;

    /// <summary>Where each string lies in <see cref="Bytes"/>; the string with index 0 is empty.</summary>
    public FlatList<StringRange> Strings;

    /// <summary>Comments: indexes into <see cref="Strings"/>.</summary>
    public FlatList<int> Comments;

    /// <summary>The bytes that the strings lie in: the decoded input itself, or what a text decoder added.</summary>
    public FlatList<byte> Bytes;

    /// <summary>Start of the profile, nanoseconds since 1970; 0 = unknown.</summary>
    public long TimeNanos { get; set; }

    /// <summary>How long was sampled, nanoseconds; 0 = unknown.</summary>
    public long DurationNanos { get; set; }

    /// <summary>What is counted between two samples.</summary>
    public ValueType PeriodType { get; set; }

    /// <summary>Number of <see cref="PeriodType"/> units between two samples.</summary>
    public long Period { get; set; }

    /// <summary>Preferred sample type: index into <see cref="Strings"/>.</summary>
    public int DefaultSampleType { get; set; }

    /// <summary>Frames to drop, a regular expression: index into <see cref="Strings"/>.</summary>
    public int DropFrames { get; set; }

    /// <summary>Frames to keep, a regular expression: index into <see cref="Strings"/>.</summary>
    public int KeepFrames { get; set; }

    /// <summary>Memory held by the arrays, bytes; a pool uses it to let giants go.</summary>
    public long MemoryBytes =>
        Bytes.Capacity + (8L * Strings.Capacity) + (4L * Stacks.Capacity) + (8L * Values.Capacity)
        + (16L * Samples.Capacity) + (24L * Labels.Capacity) + (24L * Locations.Capacity)
        + (16L * Lines.Capacity) + (24L * Functions.Capacity);

    /// <summary>The bytes of a string.</summary>
    public ReadOnlySpan<byte> Text(int index)
    {
        var range = Strings[index];
        return Bytes.Span.Slice(range.Start, range.Length);
    }

    /// <summary>A string; bytes that are no UTF-8 become U+FFFD.</summary>
    public string GetString(int index) => Encoding.UTF8.GetString(Text(index));

    /// <summary>The locations of a sample, leaf first.</summary>
    public ReadOnlySpan<int> StackOf(in Sample sample) => Stacks.Span.Slice(sample.StackStart, sample.StackCount);

    /// <summary>The values of the sample with this index, one per sample type.</summary>
    public Span<long> ValuesOf(int sample) => Values.Span.Slice(sample * SampleTypes.Count, SampleTypes.Count);

    /// <summary>Adds a string at the end of <see cref="Bytes"/> without looking for an equal one.</summary>
    public int AddString(ReadOnlySpan<byte> text)
    {
        Strings.Add(new StringRange(Bytes.Count, text.Length));
        Bytes.AddRange(text);
        return Strings.Count - 1;
    }

    /// <summary>Adds a string at the end of <see cref="Bytes"/> without looking for an equal one.</summary>
    public int AddString(string text) => AddString(Encoding.UTF8.GetBytes(text));

    /// <summary>Empties the profile, keeps the memory. The empty string gets its index 0.</summary>
    public void Clear()
    {
        ClearLists();
        AddString([]);
    }

    /// <summary>Empties the profile entirely: for decoders that bring their own string 0.</summary>
    internal void ClearLists()
    {
        SampleTypes.Clear();
        Samples.Clear();
        Stacks.Clear();
        Values.Clear();
        Labels.Clear();
        Locations.Clear();
        Lines.Clear();
        Functions.Clear();
        Mappings.Clear();
        Strings.Clear();
        Comments.Clear();
        Bytes.Clear();
        TimeNanos = DurationNanos = Period = 0;
        DefaultSampleType = DropFrames = KeepFrames = 0;
        PeriodType = default;
    }
}
