using System.Numerics;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Writes the cells of one row. <see cref="CellDecoder"/> reads them; docs/formats/segment.md draws them.</summary>
internal static class CellEncoder
{
    /// <summary>Values divided by their greatest common divisor, which stands in front.</summary>
    internal const byte Scaled = 0;

    /// <summary>Values are a factor times those of the first column: CPU nanoseconds are samples times the period.</summary>
    internal const byte Factor = 1;

    internal const int HasSpan = 1, HasTrace = 2;

    /// <summary>Appends the row and returns how many cells carry a span; <paramref name="totals"/> gets a sum per column.</summary>
    public static int Encode(RowCells cells, ref FlatList<byte> output, Span<long> totals)
    {
        var last = 0;
        foreach (var cell in cells.Ordered)
        {
            var node = cells.NodeOf(cell);
            output.AddVarint(node - last);
            last = node;
        }
        for (var column = 0; column < cells.Columns; column++) totals[column] = EncodeColumn(cells, column, ref output);
        return cells.HasSpans ? EncodeSpans(cells, ref output) : 0;
    }

    private static long EncodeColumn(RowCells cells, int column, ref FlatList<byte> output)
    {
        long total = 0;
        ulong divisor = 0;
        foreach (var cell in cells.Ordered)
        {
            var value = cells.ValueOf(cell, column);
            total += value;
            if (divisor != 1) divisor = GreatestCommonDivisor(divisor, (ulong)value);
        }
        if (column > 0 && TryFindFactor(cells, column, out var factor))
        {
            output.Add(Factor);
            output.AddVarint(factor);
            return total;
        }
        if (divisor == 0) divisor = 1;
        output.Add(Scaled);
        output.AddVarint(divisor);
        if (divisor == 1)
            foreach (var cell in cells.Ordered) output.AddVarint((ulong)cells.ValueOf(cell, column));
        else
            foreach (var cell in cells.Ordered) output.AddVarint((ulong)cells.ValueOf(cell, column) / divisor);
        return total;
    }

    private static bool TryFindFactor(RowCells cells, int column, out ulong factor)
    {
        factor = 0;
        var known = false;
        foreach (var cell in cells.Ordered)
        {
            var first = (ulong)cells.ValueOf(cell, 0);
            var value = (ulong)cells.ValueOf(cell, column);
            if (!known && first != 0)
            {
                if (value % first != 0) return false;
                factor = value / first;
                known = true;
            }
            if (Math.BigMul(first, factor, out var product) != 0 || product != value) return false;
        }
        return true;
    }

    private static int EncodeSpans(RowCells cells, ref FlatList<byte> output)
    {
        var count = 0;
        var last = 0;
        for (var i = 0; i < cells.Ordered.Length; i++)
        {
            var span = cells.SpanOf(cells.Ordered[i]);
            if (span.IsNone) continue;
            output.AddVarint(i - last);
            output.Add((byte)((span.Span != 0 ? HasSpan : 0) | (span.Trace != 0 ? HasTrace : 0)));
            if (span.Span != 0) output.AddUInt64(span.Span);
            if (span.Trace != 0)
            {
                output.AddUInt64((ulong)span.Trace);
                output.AddUInt64((ulong)(span.Trace >> 64));
            }
            last = i;
            count++;
        }
        return count;
    }

    /// <summary>The greatest number that divides both; the other one where one is 0.</summary>
    internal static ulong GreatestCommonDivisor(ulong a, ulong b)
    {
        if (a == 0) return b;
        if (b == 0) return a;
        var shift = BitOperations.TrailingZeroCount(a | b);
        a >>= BitOperations.TrailingZeroCount(a);
        while (b != 0)
        {
            b >>= BitOperations.TrailingZeroCount(b);
            if (a > b) (a, b) = (b, a);
            b -= a;
        }
        return a << shift;
    }
}
