using Kagari.Profiles;
using Kagari.Server.Ingest.Splitting;
using Kagari.Testing;

namespace Kagari.Server.Tests.Ingest;

/// <summary>Stacks that Go cut get their root frames back from other stacks of the profile.</summary>
public sealed class GoTruncatedStacksTests
{
    [Theory]
    [InlineData(16, "main;run;")]
    [InlineData(40, "main;run;")]
    [InlineData(15, "")]
    public void Repair_CutStack_TakesTheRootOfItsContinuation(int shared, string root)
    {
        var profile = Go($"{Frames(1, 64)} 1 | main;run;{Frames(1, shared)} 2");
        GoTruncatedStacks.Repair(profile);
        Drawings.Draw(profile).ShouldContain($"{root}{Frames(1, 64)} 1");
    }

    [Fact]
    public void Repair_TwoContinuations_TakesTheLongerMatch()
    {
        // Both hold the sixteen frames at the cut; only one holds the frames below them too.
        var profile = Go($"{Frames(1, 64)} 1 | short;{Frames(1, 16)};other 2 | long;{Frames(1, 30)} 3");
        GoTruncatedStacks.Repair(profile);
        Drawings.Draw(profile).ShouldContain($"long;{Frames(1, 64)} 1");
    }

    private static string Frames(int first, int count) => string.Join(';', Enumerable.Range(first, count).Select(i => $"f{i}"));

    private static FlatProfile Go(string drawing)
    {
        var profile = Drawings.Profile(drawing, "cpu:nanoseconds");
        var file = profile.AddString("f.go"u8.ToArray());
        foreach (ref var function in profile.Functions.Span) function = function with { FileName = file };
        return profile;
    }
}
