namespace Kagari.Storage.Tests.Retention;

/// <summary>Which blocks stay and go together.</summary>
public sealed class BlockUnitTests
{
    private const long Hour = 3_600_000_000_000;

    [Fact]
    public void Of_RollupsOfOneJob_StandBesideItsProfiles()
    {
        var raw = Block("raw", 3, 0, 24, job: 1);
        var units = BlockUnit.Of([
            Block("rollup", 3, 0, 24, job: 1, resolution: 3600), raw, Block("part", 3, 0, 24, job: 1),
            Block("late", 3, 0, 24, job: 2), Block("next", 3, 24, 48, job: 3), Block("orphan", 3, 0, 24, job: 9, resolution: 3600),
        ]);
        units.Select(u => string.Join('+', u.All.Select(b => b.Key))).ShouldBe(["late", "orphan", "part+raw+rollup", "next"]);
        units[2].Bytes.ShouldBe(300);
        units[2].Rows.ShouldBe(20, "rollups repeat rows");
        units[1].Profiles.ShouldBeEmpty();
    }

    [Fact]
    public void Of_LogsOfSeveralWindowsAndTenants_AreOneUnitEach()
    {
        var units = BlockUnit.Of([Block("b", 1, 1, 2, job: 1), Block("a", 1, 0, 1, job: 1), Block("c", 1, 0, 1, job: 1, tenant: "u")]);
        units.Select(u => u.All.Single().Key).ShouldBe(["a", "c", "b"]);
    }

    [Theory]
    [InlineData(0, 0, "forever", "forever")]
    [InlineData(0, 5, "forever", "forever")]
    [InlineData(7, 0, "7", "7")]
    [InlineData(7, 30, "7", "30")]
    [InlineData(7, 3, "7", "7")]
    public void Periods_OfProfilesAndRollups_RollupsAreNeverKeptShorter(int period, int rollups, string profilesKept, string rollupsKept)
    {
        var rules = new TenantRetention { Period = TimeSpan.FromDays(period), RollupPeriod = TimeSpan.FromDays(rollups) };
        (Text(rules.Longest), Text(rules.Rollups)).ShouldBe((profilesKept, rollupsKept));

        static string Text(TimeSpan kept) => kept == TimeSpan.MaxValue ? "forever" : $"{kept.TotalDays}";
    }

    [Fact]
    public void EndOf_PeriodBeyondTheEndOfTime_IsNever()
    {
        var unit = BlockUnit.Of([Block("a", 1, 0, 1, job: 1)])[0];
        ExpiredSeries.EndOf(unit, TimeSpan.MaxValue).ShouldBe(long.MaxValue);
        ExpiredSeries.EndOf(unit, TimeSpan.FromDays(1_000_000)).ShouldBe(long.MaxValue);
        ExpiredSeries.EndOf(unit, TimeSpan.FromHours(2)).ShouldBe(3 * Hour);
    }

    private static BlockEntry Block(string key, int level, int from, int until, ulong job, long resolution = 0, string tenant = "t") => new(
        key, 100, tenant, level, new TimeWindow(from * Hour, until * Hour), resolution * 1_000_000_000, [], new BlockOrigin(job, 0, true, []), [],
        [new BlockDatasetEntry("cart", from * Hour, until * Hour, 10, 10, 2, [], [])], default, default);
}
