using System.Diagnostics.CodeAnalysis;

namespace Kagari.Client.Configuration;

/// <summary>How values of one kind are written in configuration and environment, and which are allowed.</summary>
/// <param name="Expected">The kind, its limits and an example, as they stand in messages and in the guide.</param>
/// <param name="Read">Reads a text; false where it is no such value. Limits are not its concern.</param>
/// <param name="IsAllowed">Whether the value is within the limits.</param>
/// <param name="Format">The value as it would be written.</param>
internal sealed record ValueReader<T>(string Expected, ValueReader<T>.Reader Read, Func<T, bool> IsAllowed, Func<T, string> Format)
{
    public delegate bool Reader(string text, [MaybeNullWhen(false)] out T value);
}
