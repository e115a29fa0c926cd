using Kagari.Server.Metrics;
using Kagari.Testing;

namespace Kagari.Server.Tests.Admin;

public sealed class IngestRatesTests
{
    [Fact]
    public void List_AnyHistory_AgreesWithPlainSums()
    {
        for (var seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            var time = new ManualTime(DateTimeOffset.UnixEpoch.AddDays(1));
            var rates = new IngestRates(time);
            var sent = new List<(long Second, long Bytes)>();
            for (var i = 0; i < 300; i++)
            {
                time.Now += TimeSpan.FromSeconds(random.Next(30));
                var bytes = random.Next(1, 1000);
                rates.Received("a", bytes);
                sent.Add((time.Now.ToUnixTimeSeconds(), bytes));
            }
            var all = rates.List().ShouldHaveSingleItem();
            // Steps that are over: the running one would make every rate look too small.
            var end = time.Now.ToUnixTimeSeconds() / IngestRates.StepSeconds * IngestRates.StepSeconds;
            for (var step = 0; step < IngestRates.Steps; step++)
            {
                var start = end - ((IngestRates.Steps - step) * IngestRates.StepSeconds);
                var own = sent.Where(s => s.Second >= start && s.Second < start + IngestRates.StepSeconds).ToList();
                (all.Profiles[step], all.Bytes[step]).ShouldBe((own.Count, own.Sum(s => s.Bytes)), $"seed {seed} step {step}");
            }
            all.Start.ToUnixTimeSeconds().ShouldBe(end - (IngestRates.Steps * IngestRates.StepSeconds));
            time.Now += TimeSpan.FromHours(1);
            rates.List()[0].Profiles.Sum().ShouldBe(0);
        }
    }

    [Fact]
    public void Discarded_ByReason_AddsUp()
    {
        var rates = new IngestRates(new ManualTime(DateTimeOffset.UnixEpoch));
        rates.Discarded("rate_limited", "b", 2, 10);
        rates.Discarded("invalid_labels", "b", 1, 5);
        rates.Discarded("rate_limited", "b", 3, 20);
        rates.List().Single().Discards.Select(d => (d.Reason, d.Count, d.Bytes)).ShouldBe([("rate_limited", 5, 30), ("invalid_labels", 1, 5)]);
    }
}
