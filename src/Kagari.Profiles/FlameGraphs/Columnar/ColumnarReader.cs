using System.Diagnostics.CodeAnalysis;

namespace Kagari.Profiles;

/// <summary>Reads the bytes of <see cref="ColumnarWriter"/>. Total: any bytes give a graph or an error.</summary>
/// <remarks>
/// Memory is bounded by the input: a node costs it at least 4 bytes (the first of a tree 3) and takes 36; names may
/// grow by what they share with each other, up to <see cref="DecodeLimits.BytesMax"/>.
/// Every graph that is read satisfies the invariants of <see cref="ColumnarTree"/>, so it can be written again.
/// </remarks>
public static class ColumnarReader
{
    private const int NodeBytesMin = 4, NameBytesMin = 2, AncestorBytesMin = 3;

    /// <summary>Reads a graph.</summary>
    /// <param name="bytes">The whole document; nothing may follow it.</param>
    /// <param name="limits">Of these, those on the length of a name and on bytes count.</param>
    /// <param name="graph">The graph.</param>
    /// <param name="error">Names the byte.</param>
    public static bool TryRead(ReadOnlySpan<byte> bytes, DecodeLimits limits, [NotNullWhen(true)] out ColumnarGraph? graph, out ProfileError error)
    {
        graph = null;
        var header = ColumnarWriter.Magic.Length + 2;
        if (bytes.Length < header || !bytes.StartsWith(ColumnarWriter.Magic))
        {
            error = ProfileError.Malformed($"columnar: the first bytes are not '{System.Text.Encoding.ASCII.GetString(ColumnarWriter.Magic)}' with a version and a number of trees");
            return false;
        }
        if (bytes[header - 2] != ColumnarWriter.Version)
        {
            error = ProfileError.Malformed($"columnar: the version is {bytes[header - 2]}; this reader knows {ColumnarWriter.Version}");
            return false;
        }
        var reader = new Body(bytes, header, limits);
        var names = reader.ReadNames();
        var trees = new ColumnarTree[bytes[header - 1]];
        for (var i = 0; i < trees.Length && !reader.Error.IsError; i++)
            if (reader.ReadTree(names.Count) is { } tree) trees[i] = tree;
        reader.ReadEnd();
        error = reader.Error;
        if (!error.IsError) graph = new ColumnarGraph(names, trees);
        return !error.IsError;
    }

    private ref struct Body(ReadOnlySpan<byte> bytes, int start, DecodeLimits limits)
    {
        private readonly int _length = bytes.Length;
        private ProtoCursor _cursor = new(bytes, start, bytes.Length);

        public ProfileError Error;

        public NameTable ReadNames()
        {
            var names = new NameTable();
            var count = ReadCount("names", NameBytesMin);
            var declared = _cursor.ReadVarint();
            var most = limits.BytesMax > 0 ? limits.BytesMax : Array.MaxLength;
            if (!_cursor.Failed && declared > (ulong)most)
            {
                Fail($"the names have {declared} bytes; the limit is {most}", ProfileErrorKind.TooLarge);
                return names;
            }
            var left = (long)declared;
            var last = default(FlatList<byte>);
            for (var i = 0; i < count; i++)
            {
                var shared = _cursor.ReadVarint();
                _cursor.ReadLength(out var from, out var end);
                if (_cursor.Failed) break;
                if (shared > (ulong)last.Count) return Stop(names, $"name {i} shares {shared} bytes with a name of {last.Count}");
                var length = (long)shared + (end - from);
                if (limits.StringBytesMax > 0 && length > limits.StringBytesMax)
                    return Stop(names, $"name {i} has {length} bytes; the limit is {limits.StringBytesMax}");
                if ((left -= length) < 0) return Stop(names, $"the names are longer than the {declared} bytes that are announced");

                // Ascending, so each name occurs once and its id is its place.
                var rest = _cursor.Data[from..end];
                if (i > 0 && last.Span[(int)shared..].SequenceCompareTo(rest) >= 0) return Stop(names, $"name {i} is not after the one before");
                last.Truncate((int)shared);
                last.AddRange(rest);
                names.Intern(last.Span);
            }
            if (_cursor.Failed) Fail("");
            else if (left != 0) Fail($"the names have {left} bytes less than the {declared} that are announced");
            return names;
        }

        public ColumnarTree? ReadTree(int nameCount)
        {
            var ancestors = new ColumnarAncestor[ReadCount("ancestors", AncestorBytesMin)];
            foreach (ref var ancestor in ancestors.AsSpan())
                ancestor = new ColumnarAncestor(ReadBelow(nameCount + 1) - 1, ReadValue(), ReadValue());

            // The first node has no depth, so a tree may be one byte shorter than its nodes ask for.
            var count = ReadCount("nodes", NodeBytesMin, spare: 1);
            if (!Error.IsError && count == 0) Fail("a tree has no node");
            if (Error.IsError) return null;
            var depths = new int[count];
            for (var node = 1; node < count; node++) depths[node] = depths[node - 1] + 1 - ReadBelow(depths[node - 1] + 1);
            var names = new int[count];
            foreach (ref var name in names.AsSpan()) name = ReadBelow(nameCount + 1) - 1;
            var selfs = ReadValues(count);
            var totals = ReadValues(count);
            var folded = ReadFolded(count);
            if (Error.IsError) return null;

            var tree = new ColumnarTree(depths, names, selfs, totals, folded, ancestors);
            Check(tree);
            return tree;
        }

        public void ReadEnd()
        {
            if (!Error.IsError && !_cursor.AtEnd) Fail($"{_length - _cursor.Position} bytes follow the last tree");
        }

        private int[] ReadFolded(int count)
        {
            var folded = new int[count];
            var entries = ReadCount("folded nodes", bytesMin: 2);
            for (int i = 0, node = 0; i < entries && !Error.IsError; i++, node++)
            {
                if (node >= count) Fail("more nodes are folded than there are");
                else
                {
                    node += ReadBelow(count - node);
                    folded[node] = ReadBelow(int.MaxValue);
                    if (folded[node] == 0) Fail($"node {node} is said to fold nothing");
                }
            }
            return folded;
        }

        private void Check(ColumnarTree tree)
        {
            for (var node = 0; node < tree.Count; node++)
                if (tree.FoldedValues[node] < 0) Fail($"node {node} has a total of {tree.Totals[node]}, less than its self and its children");
        }

        private long[] ReadValues(int count)
        {
            var values = new long[count];
            foreach (ref var value in values.AsSpan()) value = ReadValue();
            return values;
        }

        private long ReadValue()
        {
            var bits = _cursor.ReadVarint();
            if (_cursor.Failed) Fail("");
            else if (bits > long.MaxValue) Fail($"the value {bits} is larger than {long.MaxValue}");
            return Error.IsError ? 0 : (long)bits;
        }

        private int ReadCount(string what, int bytesMin, int spare = 0)
        {
            var count = _cursor.ReadVarint();
            if (_cursor.Failed) Fail("");
            else if (count > (ulong)(_length - _cursor.Position + spare) / (uint)bytesMin)
                Fail($"{count} {what} are announced, but only {_length - _cursor.Position} bytes follow");
            return Error.IsError ? 0 : (int)count;
        }

        private int ReadBelow(int end)
        {
            var number = _cursor.ReadVarint();
            if (_cursor.Failed) Fail("");
            else if (number >= (uint)end) Fail($"found {number}; expected less than {end}");
            return Error.IsError ? 0 : (int)number;
        }

        private NameTable Stop(NameTable names, string message)
        {
            Fail(message);
            return names;
        }

        /// <summary>The first failure stays; one of the cursor means that bytes are missing or no varint.</summary>
        private void Fail(string message, ProfileErrorKind kind = ProfileErrorKind.Malformed)
        {
            if (Error.IsError) return;
            Error = _cursor.Failed
                ? ProfileError.Malformed($"columnar: truncated or malformed at byte {_cursor.FailedAt} of {_length}")
                : new ProfileError(kind, $"columnar: {message} (before byte {_cursor.Position} of {_length})");
        }
    }
}
