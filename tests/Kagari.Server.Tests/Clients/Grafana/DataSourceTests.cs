using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Server.Tests.Clients.Grafana;

/// <summary>What the Pyroscope data source of Grafana asks, in its order, and every field that it reads of the answers.</summary>
public sealed class DataSourceTests
{
    [Fact]
    public async Task HealthCheck_OfAnOldRange_IsAnEmptyList()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        (await grafana.CallAsync<ProfileTypesResponse>("ProfileTypes", new ProfileTypesRequest { Start = 1000, End = 4000 })).ProfileTypes.ShouldBeEmpty();
        // Older versions send no range at all.
        (await grafana.CallAsync<ProfileTypesResponse>("ProfileTypes", new ProfileTypesRequest())).ProfileTypes.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task QueryEditor_ListsTypesLabelsAndValues()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var types = (await grafana.CallAsync<ProfileTypesResponse>("ProfileTypes", new ProfileTypesRequest { Start = grafana.StartMillis, End = grafana.EndMillis })).ProfileTypes;
        types.Select(t => t.ID).ShouldBe(types.Select(t => t.ID).Order(StringComparer.Ordinal), "shown as they come");
        var cpu = types.Single(t => t.ID == GrafanaServer.Cpu);
        (cpu.Name, cpu.SampleType, cpu.SampleUnit, cpu.PeriodType, cpu.PeriodUnit).ShouldBe(("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds"));

        // The editor completes inside a selector that begins with the type; variables write the type in front.
        foreach (var selector in new[] { $$"""{__profile_type__="{{GrafanaServer.Cpu}}",service_name="checkout"}""", GrafanaServer.Cpu + "{service_name=\"checkout\"}" })
        {
            var request = new LabelNamesRequest { Start = grafana.StartMillis, End = grafana.EndMillis, Matchers = { selector } };
            var names = (await grafana.CallAsync<LabelNamesResponse>("LabelNames", request)).Names;
            names.ShouldContain("pod");
            names.ShouldContain("k8s.node.name");
            (await grafana.CallAsync<LabelNamesResponse>("LabelNames", request, accept: "")).Names.ShouldNotContain("k8s.node.name", "names that old clients cannot write");
            var values = await grafana.CallAsync<LabelValuesResponse>("LabelValues", new LabelValuesRequest { Name = "version", Start = grafana.StartMillis, End = grafana.EndMillis, Matchers = { selector } });
            values.Names.ShouldBe(["v1", "v2"]);
        }
    }

    [Fact]
    public async Task Metrics_BucketsAddUpAndExemplarsNameProfiles()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var step = 15.0;
        var series = (await grafana.CallAsync<SelectSeriesResponse>("SelectSeries", new SelectSeriesRequest
        {
            ProfileTypeID = GrafanaServer.Cpu,
            LabelSelector = """{service_name="checkout"}""",
            Start = grafana.StartMillis,
            End = grafana.EndMillis,
            Step = step,
            GroupBy = { "pod" },
            ExemplarType = ExemplarType.Individual,
        })).Series;
        var expected = grafana.Sums.Where(s => s.Key.Type == GrafanaServer.Cpu && s.Key.Service == "checkout").ToList();
        series.Count.ShouldBe(expected.Count);
        foreach (var one in series)
        {
            one.Labels.ShouldHaveSingleItem().Name.ShouldBe("pod");
            one.Points.Sum(p => p.Value).ShouldBe(expected.Single(e => e.Key.Pod == one.Labels[0].Value).Value);
            foreach (var point in one.Points)
            {
                point.Timestamp.ShouldBeInRange(grafana.StartMillis, grafana.EndMillis);
                ((point.Timestamp - grafana.StartMillis) % (long)(step * 1000)).ShouldBe(0);
                point.Annotations.ShouldBeEmpty();
                var exemplar = point.Exemplars.ShouldHaveSingleItem();
                Guid.TryParse(exemplar.ProfileId, out _).ShouldBeTrue();
                exemplar.Timestamp.ShouldBeInRange(point.Timestamp - (long)(step * 1000), point.Timestamp);
                exemplar.Labels.ShouldContain(l => l.Name == "version");
                exemplar.Labels.ShouldNotContain(l => l.Name == "pod");
                // The panel opens the profile of a dot.
                var opened = await FlameGraphAsync(grafana, r => r.ProfileIdSelector.Add(exemplar.ProfileId));
                opened!.Total.ShouldBe(exemplar.Value);
            }
        }
        series.Select(s => s.Points.Sum(p => p.Value)).ShouldBeInOrder(SortDirection.Descending);
        var top = await grafana.CallAsync<SelectSeriesResponse>("SelectSeries", new SelectSeriesRequest
        {
            ProfileTypeID = GrafanaServer.Cpu,
            LabelSelector = "{}",
            Start = grafana.StartMillis,
            End = grafana.EndMillis,
            Step = step,
            GroupBy = { "service_name" },
            Limit = 1,
            ExemplarType = ExemplarType.None,
        });
        top.Series.ShouldHaveSingleItem().Points.ShouldAllBe(p => p.Exemplars.Count == 0);
    }

    [Fact]
    public async Task Profile_LevelsNestExactly()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var graph = await FlameGraphAsync(grafana, r => r.MaxNodes = 16_384);
        graph!.Names[0].ShouldBe("total");
        // What of it is its own are samples without any frame, which Go takes in signal handlers.
        graph.Levels[0].Values.ToArray().ShouldBe([0, graph.Total, graph.Levels[0].Values[2], 0]);
        graph.Total.ShouldBe(grafana.Sums.Where(s => s.Key is { Type: GrafanaServer.Cpu, Service: "checkout" }).Sum(s => s.Value));
        graph.MaxSelf.ShouldBe(graph.Levels.SelectMany(l => l.Values.Chunk(4)).Max(b => b[2]));
        // The data source rebuilds the tree from places alone: every bar lies inside one of the level above.
        List<(long Start, long End, long Self)> above = [(0, graph.Total, 0)];
        foreach (var level in graph.Levels.Skip(1))
        {
            var bars = new List<(long Start, long End, long Self)>();
            var at = 0L;
            foreach (var bar in level.Values.Chunk(4))
            {
                at += bar[0];
                above.ShouldContain(a => a.Start <= at && at + bar[1] <= a.End);
                bar[3].ShouldBeInRange(0, graph.Names.Count - 1);
                bars.Add((at, at + bar[1], bar[2]));
                at += bar[1];
            }
            foreach (var parent in above)
                bars.Where(b => b.Start >= parent.Start && b.End <= parent.End).Sum(b => b.End - b.Start).ShouldBeLessThanOrEqualTo(parent.End - parent.Start - parent.Self);
            above = bars;
        }
    }

    [Fact]
    public async Task Profile_OfNothing_IsAnAnswer()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var graph = await FlameGraphAsync(grafana, r => r.LabelSelector = """{service_name="nobody"}""");
        (graph is null || graph.Total == 0).ShouldBeTrue();
    }

    /// <summary>Grafana up to 13.0 asks a method of its own for spans, later versions a field.</summary>
    [Fact]
    public async Task Spans_OldAndNewQuestion_AgreeAndAreParts()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var span = "0102030405060708";
        var old = await grafana.CallAsync<SelectMergeSpanProfileResponse>("SelectMergeSpanProfile", new SelectMergeSpanProfileRequest
        {
            ProfileTypeID = GrafanaServer.Cpu,
            LabelSelector = "{}",
            Start = grafana.StartMillis,
            End = grafana.EndMillis,
            SpanSelector = { span },
        });
        var current = await FlameGraphAsync(grafana, r => r.SpanSelector.Add(span));
        (old.Flamegraph?.Total ?? 0).ShouldBe(current?.Total ?? 0);
    }

    [Fact]
    public async Task Heatmap_SlotsHaveAllBucketsAndAllProfiles()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var series = (await grafana.CallAsync<SelectHeatmapResponse>("SelectHeatmap", new SelectHeatmapRequest
        {
            ProfileTypeID = GrafanaServer.Cpu,
            LabelSelector = "{}",
            Start = grafana.StartMillis,
            End = grafana.EndMillis,
            Step = 60,
            QueryType = HeatmapQueryType.Individual,
            ExemplarType = ExemplarType.Individual,
        })).Series.ShouldHaveSingleItem();
        series.Slots.ShouldAllBe(s => s.YMin.Count == 20 && s.Counts.Count == 20);
        series.Slots.Sum(s => s.Counts.Sum()).ShouldBe(Directory.GetFiles(Path.Combine(Kagari.Testing.Repository.Root, "testdata", "go"), "cpu-*").Length);
        series.Slots.Select(s => s.Timestamp).ShouldBeInOrder();
    }

    /// <summary>A field of a newer plugin: frames to keep and to leave out.</summary>
    [Fact]
    public async Task FrameFilter_IsHonoured()
    {
        await using var grafana = await GrafanaServer.StartAsync();
        var all = await FlameGraphAsync(grafana, _ => { });
        var some = await FlameGraphAsync(grafana, r => r.StackTraceSelector = new StackTraceSelector { FrameFilter = new FrameFilter { IncludeFunctionNames = { "main.compileCoupon" } } });
        some!.Total.ShouldBeInRange(1, all!.Total - 1);
        some.Names.ShouldContain("main.compileCoupon");
    }

    private static async Task<Kagari.Wire.Querier.FlameGraph?> FlameGraphAsync(GrafanaServer grafana, Action<SelectMergeStacktracesRequest> change)
    {
        var request = new SelectMergeStacktracesRequest { ProfileTypeID = GrafanaServer.Cpu, LabelSelector = """{service_name="checkout"}""", Start = grafana.StartMillis, End = grafana.EndMillis };
        change(request);
        return (await grafana.CallAsync<SelectMergeStacktracesResponse>("SelectMergeStacktraces", request)).Flamegraph;
    }
}
