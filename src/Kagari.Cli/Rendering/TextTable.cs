namespace Kagari.Cli.Rendering;

/// <summary>Columns of text: numbers to the right, the last column free to be long.</summary>
internal sealed class TextTable(params string[] headings)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Columns, from the left, whose texts begin at the left. The last one always does.</summary>
    public int LeftColumns { get; init; }

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the rows; the last column is cut at <paramref name="width"/>, 0 leaves it whole.</summary>
    public void Write(TextWriter output, int width)
    {
        var last = headings.Length - 1;
        var widths = new int[last];
        for (var i = 0; i < last; i++) widths[i] = Math.Max(headings[i].Length, _rows.Count == 0 ? 0 : _rows.Max(r => r[i].Length));
        var room = width == 0 ? int.MaxValue : Math.Max(20, width - widths.Sum() - (2 * last));
        foreach (var row in _rows.Prepend(headings))
        {
            for (var i = 0; i < last; i++)
            {
                output.Write(i < LeftColumns ? row[i].PadRight(widths[i]) : row[i].PadLeft(widths[i]));
                output.Write("  ");
            }
            output.WriteLine(TerminalText.Fit(TerminalText.Clean(row[last]), room));
        }
    }
}
