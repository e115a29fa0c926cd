namespace Kagari.Server.Tests.Examples;

/// <summary>Tests that run examples/rideshare, one after the other: they build its programs into the same folders.</summary>
[CollectionDefinition(Name)]
public sealed class RideshareCollection
{
    public const string Name = "rideshare";
}
