using System.Collections;

namespace Kagari.Server.Configuration.Values;

/// <summary>Rules together with the text they were read from, so that the configuration in force can be shown.</summary>
internal sealed class RuleList<T>(string source, IReadOnlyList<T> rules) : IReadOnlyList<T>
{
    public string Source { get; } = source;

    public int Count => rules.Count;

    public T this[int index] => rules[index];

    public IEnumerator<T> GetEnumerator() => rules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
