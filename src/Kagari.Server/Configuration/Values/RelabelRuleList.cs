using System.Collections;
using Kagari.Server.Relabeling;

namespace Kagari.Server.Configuration.Values;

/// <summary>Rules together with the text they were read from, so that the configuration in force can be shown.</summary>
internal sealed class RelabelRuleList(string source, IReadOnlyList<RelabelRule> rules) : IReadOnlyList<RelabelRule>
{
    public string Source { get; } = source;

    public int Count => rules.Count;

    public RelabelRule this[int index] => rules[index];

    public IEnumerator<RelabelRule> GetEnumerator() => rules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
