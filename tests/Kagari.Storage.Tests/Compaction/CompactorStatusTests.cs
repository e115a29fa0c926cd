using Kagari.Testing;

namespace Kagari.Storage.Tests.Compaction;

public sealed class CompactorStatusTests
{
    private const long Second = 1_000_000_000;

    [Fact]
    public async Task Status_BeforeAndAfterCompaction_NamesWhatWaits()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 5 * Second);
        store.Compactor.Status().Waiting.ShouldBeEmpty("the log is being written");
        store.Time.Now = DateTimeOffset.UnixEpoch.AddMinutes(1);
        store.Ingester.Seal();
        while (store.Ingester.ActiveLogKey is not null) await Task.Yield();
        var waiting = store.Compactor.Status().Waiting.ShouldHaveSingleItem();
        (waiting.Tenant, waiting.Level, waiting.Window, waiting.LogCount, waiting.BlockCount).ShouldBe(("", 1, null, 1, 0));
        waiting.Bytes.ShouldBe(store.Catalogue.Segments().Sum(s => s.Length));
        await store.CompactAsync(DateTimeOffset.UnixEpoch.AddMinutes(1));
        var status = store.Compactor.Status();
        (status.Running, status.Waiting.Count, status.Failed.Count).ShouldBe((null, 0, 0));
    }

    [Fact]
    public void JobFailures_AgainAndAgain_WaitLongerAndKeepTheReason()
    {
        var failures = new JobFailures();
        var task = new CompactionTask("1", "t", 2, new TimeWindow(0, 1), 0, 3, 100);
        var now = DateTimeOffset.UnixEpoch;
        failures.Add(1, task, "no room", now).ShouldBe(TimeSpan.FromSeconds(30));
        failures.Add(1, task, "still no room", now).ShouldBe(TimeSpan.FromSeconds(60));
        failures.IsPutOff(1, now.AddSeconds(59)).ShouldBeTrue();
        failures.IsPutOff(1, now.AddSeconds(60)).ShouldBeFalse();
        failures.IsPutOff(2, now).ShouldBeFalse();
        failures.List().ShouldBe([new FailedJob(task, 2, now, now.AddSeconds(60), "still no room")]);
        for (var i = 0; i < 20; i++) failures.Add(1, task, "", now).ShouldBeLessThanOrEqualTo(TimeSpan.FromHours(1));
        failures.Remove(1);
        failures.List().ShouldBeEmpty();
    }
}
