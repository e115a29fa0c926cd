using static Kagari.Query.Tests.Functions.RandomShop;

namespace Kagari.Query.Tests.Functions;

public sealed class SelectionTests
{
    [Theory]
    [InlineData(0, 9, 4, "0-1 2-4 5-6 7-9")]
    [InlineData(5, 5, 8, "5-5")]
    [InlineData(-3, -1, 8, "-3--3 -2--2 -1--1")]
    [InlineData(1, 8, 1, "1-8")]
    public void Split_Range_TouchesWithoutOverlap(long start, long end, int windows, string expected) =>
        string.Join(' ', Select(start, end).Split(windows).Select(w => $"{w.StartMillis}-{w.EndMillis}")).ShouldBe(expected);

    [Fact]
    public void Split_AllTime_CoversIt()
    {
        var all = Select(long.MinValue, long.MaxValue);
        var parts = all.Split(7);
        (parts[0].StartMillis, parts[^1].EndMillis).ShouldBe((all.StartMillis, all.EndMillis));
        for (var i = 1; i < parts.Length; i++) parts[i].StartMillis.ShouldBe(parts[i - 1].EndMillis + 1);
        all.Query.TimeNanosMax.ShouldBeGreaterThan(long.MaxValue - 3_000_000);
    }

    [Fact]
    public void Constructor_ReversedRange_IsRefused() => Should.Throw<ArgumentOutOfRangeException>(() => Select(2, 1));
}
