using Kagari.Profiles;

namespace Kagari.Client.Collecting;

/// <summary>Samples of one source in one window: sums by stack and context. Reused; not thread safe.</summary>
internal sealed class SampleWindow
{
    /// <summary>64 MiB of addresses: a program that reaches it recurses in ten thousand ways.</summary>
    private const int FramesMax = 8 << 20;

    /// <summary>Contexts, which are mostly spans: of a server that answers 5,000 requests a second in ten seconds all.</summary>
    private const int ContextsMax = 65_536;

    private readonly Dictionary<SampleContext, int> _contextIds = [];
    private readonly List<SampleContext> _contexts = [];
    private readonly HashSet<LabelContext> _labelSets = new(LabelSetComparer.Instance);
    private NetTraceStacks _stacks;
    private SampleSums _sums;

    /// <summary>Different sets of labels that are told apart; of more, samples lose theirs.</summary>
    public int LabelSetsMax { get; init; } = int.MaxValue;

    /// <summary>Samples taken.</summary>
    public long Count { get; private set; }

    /// <summary>Samples whose labels were dropped, because there were too many different ones.</summary>
    public long LabelsDropped { get; private set; }

    /// <summary>Samples that were dropped, because their stacks took too much memory.</summary>
    public long Dropped { get; private set; }

    public ReadOnlySpan<SampleSum> Samples => _sums.Span;

    /// <summary>Addresses of a sample, leaf first.</summary>
    public ReadOnlySpan<ulong> StackOf(in SampleSum sample) => _stacks[sample.Stack];

    public SampleContext ContextOf(in SampleSum sample) => _contexts[sample.Context];

    public void Add(ReadOnlySpan<ulong> stack, LabelContext? labels, int tag, long first, long second)
    {
        // An event without a stack belongs nowhere in a flame graph.
        if (stack.IsEmpty) return;
        Count++;
        if (_stacks.FrameCount + stack.Length > FramesMax) Dropped++;
        else _sums.Add(_stacks.Add(stack), ContextId(labels, tag), first, second);
    }

    public void Clear()
    {
        _contextIds.Clear();
        _contexts.Clear();
        _labelSets.Clear();
        _stacks.Clear();
        _sums.Clear();
        Count = LabelsDropped = Dropped = 0;
    }

    private int ContextId(LabelContext? labels, int tag)
    {
        if (labels is not null && !IsAllowed(labels))
        {
            LabelsDropped++;
            labels = null;
        }
        var context = new SampleContext(labels, tag);
        if (_contextIds.TryGetValue(context, out var id)) return id;
        _contextIds.Add(context, id = _contexts.Count);
        _contexts.Add(context);
        return id;
    }

    private bool IsAllowed(LabelContext labels) =>
        _labelSets.Contains(labels) ? _contexts.Count < ContextsMax || _contextIds.ContainsKey(new SampleContext(labels, 0))
        : _labelSets.Count < LabelSetsMax && _contexts.Count < ContextsMax && _labelSets.Add(labels);

    /// <summary>Sets of labels without their spans.</summary>
    private sealed class LabelSetComparer : IEqualityComparer<LabelContext>
    {
        public static readonly LabelSetComparer Instance = new();

        public bool Equals(LabelContext? x, LabelContext? y) => ReferenceEquals(x, y) || (x is not null && y is not null && x.LabelsEqual(y));

        public int GetHashCode(LabelContext obj) => obj.Hash;
    }
}
