using Kagari.Client.Collecting;

namespace Kagari.Client.Tests.Collecting;

public sealed class SampleWindowTests
{
    [Fact]
    public void Add_EqualStacksAndContexts_AreSummed()
    {
        var window = new SampleWindow();
        window.Add([1, 2], null, 0, 1, 10);
        window.Add([1, 2], null, 0, 2, 20);
        window.Add([1, 2], null, 7, 4, 40);
        window.Add([2, 1], null, 0, 8, 80);
        window.Samples.ToArray().Select(s => (s.First, s.Second)).ShouldBe([(3, 30), (4, 40), (8, 80)]);
        window.Count.ShouldBe(4);
    }

    [Fact]
    public void Add_NoStack_IsNothing()
    {
        var window = new SampleWindow();
        window.Add([], null, 0, 1, 1);
        (window.Count, window.Samples.Length).ShouldBe((0, 0));
    }

    [Fact]
    public void Add_MoreLabelSetsThanAllowed_LoseTheirLabelsAndNothingElse()
    {
        var window = new SampleWindow { LabelSetsMax = 2 };
        foreach (var value in new[] { "a", "b", "c", "a", "c" }) window.Add([1], ContextOf(value), 0, 1, 0);
        var drawn = window.Samples.ToArray().Select(s => (window.ContextOf(s).Labels is { } labels ? labels.Labels[0].Value : "", s.First));
        drawn.ShouldBe([("a", 2), ("b", 1), ("", 2)]);
        window.LabelsDropped.ShouldBe(2);
        window.Clear();
        window.Add([1], ContextOf("c"), 0, 1, 0);
        window.ContextOf(window.Samples[0]).Labels!.Labels[0].Value.ShouldBe("c", "the next window begins anew");
    }

    private static LabelContext ContextOf(string value)
    {
        (string, string)[] labels = [("vehicle", value)];
        return LabelContext.Of(LabelTable.Empty.With(labels, LabelTable.HashOf(labels)), null)!;
    }
}
