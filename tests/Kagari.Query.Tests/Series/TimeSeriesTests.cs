using Kagari.Profiles;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Series;

public sealed class TimeSeriesTests
{
    private static TimeSeriesOptions Every(long stepSeconds, long start, long end, params string[] groupBy) =>
        new(start * 1000, end * 1000, stepSeconds * 1000, groupBy, Average: false, Limit: 0, WithExemplars: false);

    private static string Draw(IEnumerable<TimeSeries> series) =>
        string.Join(" / ", series.Select(s => s.Labels + string.Concat(s.Points.Select(p => $" {p.TimestampMillis / 1000}:{p.Value}"))));

    [Fact]
    public async Task TimeSeries_Steps_AreClosedOnTheRight()
    {
        await using var data = await OpenAsync();
        foreach (var second in new[] { 91, 100, 101, 110, 111, 120, 121 }) await data.Store.PutAsync($"f{second} 1", second * Second);
        var series = await data.Engine.TimeSeriesAsync(Ask(), StackFilter.None, Every(10, 100, 120), default);
        // 100 covers (90, 100], 110 covers (100, 110], 120 covers (110, 120]; 121 is outside.
        Draw(series).ShouldBe("{} 100:2 110:2 120:2");
    }

    [Fact]
    public async Task TimeSeries_Groups_AreOrderedBySumThenLabels()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 1", 10 * Second, pod: "x");
        await data.Store.PutAsync("a 5", 20 * Second, pod: "y");
        await data.Store.PutAsync("b 5", 20 * Second, pod: "w");
        Draw(await data.Engine.TimeSeriesAsync(Ask(), StackFilter.None, Every(10, 10, 30, "pod"), default))
            .ShouldBe("{pod=\"w\"} 20:5 / {pod=\"y\"} 20:5 / {pod=\"x\"} 10:1");
        var limited = Every(10, 10, 30, "pod") with { Limit = 1 };
        Draw(await data.Engine.TimeSeriesAsync(Ask(), StackFilter.None, limited, default)).ShouldBe("{pod=\"w\"} 20:5");
    }

    [Fact]
    public async Task TimeSeries_Average_IsTheMeanPerProfile()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 2", 10 * Second, pod: "x");
        await data.Store.PutAsync("a 4", 10 * Second, pod: "y");
        var options = Every(10, 10, 10) with { Average = true };
        Draw(await data.Engine.TimeSeriesAsync(Ask(), StackFilter.None, options, default)).ShouldBe("{} 10:3");
    }

    [Fact]
    public async Task TimeSeries_StackFilter_CountsOnlyWhatPasses()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a;b 2 | c 40", 10 * Second);
        var filter = new StackFilter { CallSite = ["a"] };
        Draw(await data.Engine.TimeSeriesAsync(Ask(), filter, Every(10, 10, 10), default)).ShouldBe("{} 10:2");
    }

    [Fact]
    public async Task TimeSeries_Exemplar_IsTheLargestProfileAndSelectsIt()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 2", 10 * Second, pod: "x");
        await data.Store.PutAsync("a 9", 9 * Second, pod: "y");
        var options = Every(10, 10, 10) with { WithExemplars = true };
        var point = (await data.Engine.TimeSeriesAsync(Ask(), StackFilter.None, options, default))[0].Points[0];
        var exemplar = point.Exemplar.ShouldNotBeNull();
        exemplar.Value.ShouldBe(9);
        exemplar.TimestampMillis.ShouldBe(9000);
        exemplar.Labels["pod"].ShouldBe("y");
        var filter = new StackFilter { ProfileIds = new HashSet<Guid> { exemplar.ProfileId!.Value } };
        (await data.DrawAsync(Ask(), filter)).ShouldBe("a 9");
    }

    [Fact]
    public async Task Heatmap_Profiles_FillTwentyBucketsBetweenLeastAndGreatest()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 100", 10 * Second, pod: "x");
        await data.Store.PutAsync("a 300", 10 * Second, pod: "y");
        await data.Store.PutAsync("a 200", 20 * Second, pod: "x");
        var options = new HeatmapOptions(10_000, 20_000, 10_000, [], OfSpans: false, WithExemplars: true, Limit: 0);
        var series = (await data.Engine.HeatmapAsync(Ask(), StackFilter.None, options, default)).ShouldHaveSingleItem();
        series.Slots.Select(s => s.TimestampMillis).ShouldBe([10_000, 20_000]);
        series.Slots[0].LowerBounds.Count.ShouldBe(20);
        series.Slots[0].LowerBounds[1].ShouldBe(110);
        series.Slots[0].Counts.ToArray().ShouldBe([1, .. new int[18], 1]);
        series.Slots[1].Counts[10].ShouldBe(1);
        series.Slots[0].Exemplars.Select(e => e.Value).ShouldBe([100, 300]);
    }

    [Fact]
    public async Task Series_OutsideTheRange_AreNotNamed()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync("a 1", 10 * Second, pod: "early");
        await data.Store.PutAsync("a 1", 20 * Second, pod: "late");
        (await data.Engine.LabelValuesAsync(Ask("{}", 15, 25), "pod", default)).ShouldBe(["late"]);
        (await data.Engine.LabelValuesAsync(Ask("{}", 0, 25), "pod", default)).ShouldBe(["early", "late"]);
        (await data.Engine.LabelNamesAsync(Ask(), default)).ShouldBe([LabelNames.ProfileType, "pod", LabelNames.ServiceName]);
    }
}
