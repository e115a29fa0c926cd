namespace Kagari.Client.Delivery;

/// <summary>An answer of a server, as far as uploads need it.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Headers">By lower-case name; of equal ones the last.</param>
/// <param name="Body">The beginning of the body, as text.</param>
/// <param name="IsWhole">Whether all of it was read and the connection stays open, so that it can be used again.</param>
internal sealed record HttpAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string Body, bool IsWhole);
