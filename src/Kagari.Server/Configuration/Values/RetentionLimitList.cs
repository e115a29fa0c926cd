using System.Collections;
using Kagari.Server.Limits;

namespace Kagari.Server.Configuration.Values;

/// <summary>Rules together with the text they were read from, so that the configuration in force can be shown.</summary>
internal sealed class RetentionLimitList(string source, IReadOnlyList<RetentionLimit> rules) : IReadOnlyList<RetentionLimit>
{
    public string Source { get; } = source;

    public int Count => rules.Count;

    public RetentionLimit this[int index] => rules[index];

    public IEnumerator<RetentionLimit> GetEnumerator() => rules.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
