using System.Runtime.InteropServices;
using Kagari.Profiles;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>Gives stacks that Go cut at its depth limit their missing root frames back.</summary>
/// <remarks>
/// Go records the frames next to the leaf and drops those beyond 64 (CPU) or 128 (memory), so the deepest code shows up
/// under a false root. Where the <see cref="MatchMin"/> frames nearest to the cut stand inside another stack of the same
/// profile, that stack's root part is grafted on; the longest match wins, then the shortest graft. Sixteen equal frames
/// in a row are no accident, and fewer are left alone: measured on real profiles, the peer repairs the same ones.
/// </remarks>
internal static class GoTruncatedStacks
{
    private const int MatchMin = 16, CpuDepth = 64, MemoryDepth = 128;

    /// <summary>Bounds the work on a profile of nothing but deep stacks.</summary>
    private const int SearchesMax = 256;

    /// <summary>
    /// Frames looked at per profile. Stacks of one frame repeated match each other everywhere: without this bound, a
    /// megabyte of them would keep a core busy for minutes. Real profiles stay a hundred times below.
    /// </summary>
    private const long FramesMax = 256L << 20;

    /// <summary>Repairs the profile; one without deep Go stacks costs a look at the depth of each sample.</summary>
    public static void Repair(FlatProfile profile)
    {
        var limit = IsCpu(profile) ? CpuDepth : MemoryDepth;
        var searches = 0;
        var framesLeft = FramesMax;
        var found = new List<(int Sample, int Donor, int From)>();
        Dictionary<UInt128, (int Sample, int From)>? grafts = null;
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var sample = profile.Samples[i];
            if (sample.StackCount < MatchMin || !IsDeep(profile, sample, limit) || !IsGo(profile, sample)) continue;
            if (++searches > SearchesMax) break;
            grafts ??= [];
            var stack = profile.StackOf(sample);
            var key = new UInt128(XxHash64.Of(stack), XxHash64.Of(stack, 1));
            ref var graft = ref CollectionsMarshal.GetValueRefOrAddDefault(grafts, key, out var known);
            if (!known) graft = Find(profile, i, ref framesLeft);
            if (framesLeft <= 0) break;
            if (graft.From > 0) found.Add((i, graft.Sample, graft.From));
        }
        // Only now: finding a donor relies on stacks that stand in the order of their samples, as they came.
        foreach (var (sample, donor, from) in found) Graft(profile, sample, donor, from);
    }

    private static void Graft(FlatProfile profile, int index, int donor, int from)
    {
        var sample = profile.Samples[index];
        var other = profile.Samples[donor];
        var added = other.StackCount - from;
        var start = profile.Stacks.Count;
        var target = profile.Stacks.Extend(sample.StackCount + added);
        profile.StackOf(sample).CopyTo(target);
        profile.StackOf(other)[from..].CopyTo(target[sample.StackCount..]);
        profile.Samples[index] = sample with { StackStart = start, StackCount = sample.StackCount + added };
    }

    /// <summary>The stack that continues this one, and where in it the continuation begins; 0 where there is none.</summary>
    private static (int Sample, int From) Find(FlatProfile profile, int index, ref long framesLeft)
    {
        var cut = profile.StackOf(profile.Samples[index]);
        var token = cut[^MatchMin..];
        var all = (ReadOnlySpan<int>)profile.Stacks.Span;
        (int Sample, int From, int Match, int Added) best = default;
        framesLeft -= all.Length / 16;   // the search for one frame is vectorised
        for (var at = 0; framesLeft > 0 && all[at..].IndexOf(token[0]) is var found and >= 0; at += found + 1)
        {
            var position = at + found;
            framesLeft -= 4;
            if (!all[position..].StartsWith(token)) continue;
            framesLeft -= MatchMin;
            var donor = SampleAt(profile.Samples.Span, position);
            if (donor < 0 || donor == index) continue;
            var other = profile.Samples[donor];
            var from = position + MatchMin - other.StackStart;
            var added = other.StackCount - from;
            if (added <= 0) continue;   // the same frames at the root of the other stack: nothing to gain
            var stack = profile.StackOf(other);
            var match = MatchMin;
            while (match < cut.Length && from - match - 1 >= 0 && stack[from - match - 1] == cut[^(match + 1)]) match++;
            framesLeft -= match;
            if (match > best.Match || (match == best.Match && added < best.Added)) best = (donor, from, match, added);
        }
        return (best.Sample, best.From);
    }

    /// <summary>The sample whose stack holds this position of the list, or −1; stacks stand in the order of their samples.</summary>
    private static int SampleAt(ReadOnlySpan<Sample> samples, int position)
    {
        var (low, high) = (0, samples.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var sample = samples[middle];
            if (position < sample.StackStart) high = middle - 1;
            else if (position >= sample.StackStart + sample.StackCount) low = middle + 1;
            else return position + MatchMin <= sample.StackStart + sample.StackCount ? middle : -1;
        }
        return -1;
    }

    private static bool IsDeep(FlatProfile profile, in Sample sample, int limit)
    {
        // A location has a line for each inlined call; what Go counts are calls. In memory profiles the peer counts
        // locations, and the recorded answers that ours must equal show it.
        if (sample.StackCount >= limit || limit != CpuDepth) return sample.StackCount >= limit;
        var frames = 0;
        foreach (var location in profile.StackOf(sample)) frames += Math.Max(1, profile.Locations[location].LineCount);
        return frames >= limit;
    }

    private static bool IsGo(FlatProfile profile, in Sample sample)
    {
        ref readonly var root = ref profile.Locations[profile.StackOf(sample)[^1]];
        if (root.LineCount == 0) return false;
        var function = profile.Functions[profile.Lines[root.LineStart].Function];
        return profile.Text(function.FileName).EndsWith(".go"u8);
    }

    private static bool IsCpu(FlatProfile profile)
    {
        foreach (ref readonly var type in profile.SampleTypes.Span)
            if (profile.Text(type.Type).SequenceEqual("cpu"u8)) return true;
        return false;
    }
}
