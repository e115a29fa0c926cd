using System.Runtime.InteropServices;
using System.Text;
using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Sums the lines of one function over datasets and profiles.</summary>
/// <remarks>
/// A stack counts once for the function, once for each file and once for each line, however often they are in it. These
/// are three kinds of places that are counted alike: a call of the function is at all three.
/// </remarks>
internal sealed class LineSums(string function)
{
    private readonly byte[] _name = Encoding.UTF8.GetBytes(function);
    private readonly Dictionary<string, FileSum> _files = new(StringComparer.Ordinal);
    private long _self, _total;

    /// <summary>Whether a dataset has the function at all, so that its lines need be read.</summary>
    public bool IsIn(DatasetView view)
    {
        var hash = XxHash64.Of(_name);
        var hashes = view.Names.Hashes.Span;
        for (var at = 0; at < hashes.Length; at++)
            if (hashes[at] == hash && view.Names[at].SequenceEqual(_name)) return true;
        return false;
    }

    /// <summary>Adds a dataset. Where its lines are damaged, all is at an unknown line.</summary>
    public void Add(DatasetView view, SymbolView? symbols, ReadOnlySpan<long> stackSums, bool[]? mask)
    {
        var sums = symbols is null ? OfTree(view) : OfStacks(symbols);
        var at = symbols is null ? view.TreeNodes.Span : default;
        var treeNodes = view.TreeNodes.Span;
        for (var stack = 0; stack < stackSums.Length; stack++)
            if (stackSums[stack] != 0 && (mask is null || mask[treeNodes[stack]])) sums.AddValue(symbols is null ? at[stack] : stack, stackSums[stack]);
        sums.Finish();
        Take(sums);
    }

    /// <summary>Adds a profile that is not stored; values that are not positive are left out, as in its views.</summary>
    public void Add(FlatProfile profile, int column)
    {
        var places = new LinePlaces();
        var columns = Math.Max(profile.SampleTypes.Count, 1);
        var seen = new HashSet<int>();
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var value = profile.Values[(i * columns) + column];
            if (value <= 0) continue;
            seen.Clear();
            var stack = profile.StackOf(profile.Samples[i]);
            for (var at = 0; at < stack.Length; at++)
            {
                var location = profile.Locations[stack[at]];
                if (location.LineCount == 0)
                {
                    if (ProfileFunctions.NameOfAddress(profile, location) == function) Call(places.Of("", 0, 0), isLeaf: at == 0);
                    continue;
                }
                for (var line = 0; line < location.LineCount; line++)
                {
                    var row = profile.Lines[location.LineStart + line];
                    var callee = profile.Functions[row.Function];
                    if (!profile.Text(callee.Name != 0 ? callee.Name : callee.SystemName).SequenceEqual(_name)) continue;
                    Call(places.Of(profile.GetString(callee.FileName), callee.StartLine, row.LineNumber), isLeaf: at == 0 && line == 0);
                }
            }

            void Call(LinePlace place, bool isLeaf)
            {
                places.NoteStart(place);
                for (var kind = 0; kind < LinePlace.Keys; kind++)
                {
                    if (seen.Add(place[kind])) places.AddTotal(place[kind], value);
                    if (isLeaf) places.AddSelf(place[kind], value);
                }
            }
        }
        Take(places);
    }

    /// <summary>The sums, in the order of answers.</summary>
    public FunctionLines ToLines() => new(_self, _total,
    [
        .. _files.Where(f => f.Value.Total != 0).OrderByDescending(f => f.Value.Total).ThenBy(f => f.Key, StringComparer.Ordinal).Select(f => new FileLines(
            f.Key, f.Value.StartLine, f.Value.Self, f.Value.Total,
            [.. f.Value.Lines.Where(l => l.Value.Total != 0).OrderBy(l => l.Key).Select(l => new LineValue(l.Key, l.Value.Self, l.Value.Total))])),
    ]);

    private CallSums OfTree(DatasetView view)
    {
        var names = view.Tree.Names.Span;
        var sums = new CallSums(view.Tree.Parents.ToArray());
        LinePlace[] unknown = [sums.Places.Of("", 0, 0)];
        for (var node = 1; node < names.Length; node++)
            if (view.Names[names[node]].SequenceEqual(_name)) sums.SetCalls(node, unknown, isLeaf: true);
        return sums;
    }

    private CallSums OfStacks(SymbolView symbols)
    {
        var nodes = symbols.Nodes.Span;
        var parents = new int[nodes.Length];
        for (var node = 1; node < nodes.Length; node++) parents[node] = nodes[node].Parent;
        var sums = new CallSums(parents);

        var functions = symbols.Functions.Span;
        var isWanted = new bool[functions.Length];
        for (var i = 0; i < functions.Length; i++) isWanted[i] = symbols.Strings[functions[i].Name].SequenceEqual(_name);
        var locations = symbols.Locations.Span;
        var calls = new LinePlace[]?[locations.Length];
        var isLeaf = new bool[locations.Length];
        for (var i = 0; i < locations.Length; i++)
        {
            var lines = symbols.Lines.Span.Slice(locations[i].LineStart, locations[i].LineCount);
            var own = new List<LinePlace>();
            foreach (var line in lines)
            {
                if (!isWanted[line.Function]) continue;
                var row = functions[line.Function];
                own.Add(sums.Places.Of(symbols.Strings.GetString(row.FileName), row.StartLine, line.LineNumber));
            }
            if (own.Count == 0) continue;
            calls[i] = [.. own];
            isLeaf[i] = isWanted[lines[0].Function];
        }
        for (var node = 1; node < nodes.Length; node++)
            if (calls[nodes[node].Location] is { } places) sums.SetCalls(node, places, isLeaf[nodes[node].Location]);
        return sums;
    }

    private void Take(CallSums sums) => Take(sums.Places);

    private void Take(LinePlaces places)
    {
        _self = Saturating.Add(_self, places.SelfOf(LinePlaces.Function));
        _total = Saturating.Add(_total, places.TotalOf(LinePlaces.Function));
        foreach (var (file, key) in places.Files)
        {
            if (!_files.TryGetValue(file, out var sum)) _files.Add(file, sum = new FileSum());
            sum.Add(places.StartOf(key), places.SelfOf(key), places.TotalOf(key));
        }
        foreach (var (file, line, key) in places.Lines)
        {
            ref var value = ref CollectionsMarshal.GetValueRefOrAddDefault(_files[file].Lines, line, out _);
            value = (Saturating.Add(value.Self, places.SelfOf(key)), Saturating.Add(value.Total, places.TotalOf(key)));
        }
    }

    private sealed class FileSum
    {
        public long StartLine { get; private set; }

        public long Self { get; private set; }

        public long Total { get; private set; }

        public Dictionary<long, (long Self, long Total)> Lines { get; } = [];

        public void Add(long startLine, long self, long total)
        {
            StartLine = LinePlaces.Earlier(StartLine, startLine);
            Self = Saturating.Add(Self, self);
            Total = Saturating.Add(Total, total);
        }
    }
}
