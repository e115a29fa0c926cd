namespace Kagari.Profiles;

/// <summary>The samples of one profile of a recording: one per stack and context (labels, or what else tells samples apart), with the sums of its values. Reused.</summary>
internal struct SampleSums
{
    private FlatList<SampleSum> _samples;
    private HashIndex _index;

    public readonly ReadOnlySpan<SampleSum> Span => _samples.Span;

    public readonly long MemoryBytes => (24L * _samples.Capacity) + _index.MemoryBytes;

    public void Add(int stack, int context, long first, long second)
    {
        var hash = SecretHash.Of(stack, context);
        var probe = HashIndex.Probe(hash);
        while (_index.Next(ref probe, out var known))
        {
            ref var sample = ref _samples[known];
            if (sample.Stack != stack || sample.Context != context) continue;
            sample = sample with { First = Saturating.Add(sample.First, first), Second = Saturating.Add(sample.Second, second) };
            return;
        }
        _index.Add(hash, _samples.Count);
        _samples.Add(new SampleSum(stack, context, first, second));
    }

    public void Clear()
    {
        _samples.Clear();
        _index.Clear();
    }
}

/// <summary>Values of a stack in a context: a count or a time, then bytes or a time where the profile has a second type.</summary>
internal readonly record struct SampleSum(int Stack, int Context, long First, long Second);
