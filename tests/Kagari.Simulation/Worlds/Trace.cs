using System.Text;
using Kagari.Profiles;

namespace Kagari.Simulation;

/// <summary>What happened, a line per event. Equal seeds have equal traces.</summary>
internal sealed class Trace
{
    private readonly List<string> _lines = [];

    public void Add(string line) => _lines.Add(line);

    /// <summary>Hash of all lines.</summary>
    public ulong Hash() => _lines.Aggregate(0UL, (hash, line) => XxHash64.Of(Encoding.UTF8.GetBytes(line), hash));

    public string Tail(int lines) => string.Join('\n', _lines.TakeLast(lines));

    public override string ToString() => string.Join('\n', _lines);
}
