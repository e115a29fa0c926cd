namespace Kagari.Bench.Harness;

/// <summary>The table that a run prints: what, measured, beside its floor, the bar, reached or not.</summary>
internal sealed class Report
{
    private readonly List<(string What, string Measured, string Floor, string Bar, bool? Reached)> _lines = [];

    public void Line(string what, string measured, string floor, string bar, bool? reached)
    {
        _lines.Add((what, measured, floor, bar, reached));
        Console.WriteLine($"{what,-44} {measured,-16} {floor,-40} {bar,-18} {(reached is null ? "" : reached.Value ? "reached" : "NOT REACHED")}");
    }

    public void Section(string title) => Console.WriteLine($"\n== {title}");

    public bool Any => _lines.Count > 0;
}
