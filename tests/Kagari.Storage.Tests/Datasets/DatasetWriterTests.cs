using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Storage.Tests.Datasets;

public sealed class DatasetWriterTests
{
    [Fact]
    public void Append_SymbolsFoundInBatches_GivesTheBytesOfThePlainTwin()
    {
        foreach (var seed in FuzzBudget.Seeds(150))
        {
            var random = new Random(seed);
            var scratches = new AppendScratchPool();
            using WriterTwins first = new(scratches), second = new(scratches), third = new(scratches);
            Run(seed, random, [first, second, third]);
        }
    }

    [Fact]
    public void Append_ManyWritersAtTheSameTime_ShareScratchSafely()
    {
        var scratches = new AppendScratchPool();
        Parallel.ForEach(FuzzBudget.Seeds(40), new ParallelOptions { MaxDegreeOfParallelism = 4 }, seed =>
        {
            using WriterTwins twins = new(scratches);
            Run(seed, new Random(seed), [twins]);
        });
    }

    [Fact]
    public void Append_SameStacksInANewChain_AreEnteredAnew()
    {
        var profile = Drawings.Profile("a;b 1 | a;c 2", "cpu:nanoseconds");
        using var twins = new WriterTwins(new AppendScratchPool());
        for (var chain = 0; chain < 3; chain++)
        {
            twins.Append(profile, [Row(profile)], chain);
            twins.Encode(durable: true).ShouldBeTrue();
            twins.StartAnew(evicted: false);
        }
    }

    [Fact]
    public void Append_LocationOfNoSampleWithoutItsFunction_IsPassedOver()
    {
        var profile = Drawings.Profile("a;b 1", "cpu:nanoseconds");
        profile.Lines.Add(new Line(-1, 0, 0));
        profile.Locations.Add(new Location(-1, profile.Lines.Count - 1, 1, 0));
        using var twins = new WriterTwins(new AppendScratchPool());
        twins.Append(profile, [Row(profile)], 1);
        twins.Append(profile, [Row(profile)], 2);
        twins.Encode(durable: true).ShouldBeTrue();
    }

    [Fact]
    public void Append_Fails_ScratchIsNotGivenBack()
    {
        var profile = Drawings.Profile("a;b 1 | a;c 2", "cpu:nanoseconds");
        var scratches = new AppendScratchPool();
        using WriterTwins healthy = new(scratches), failing = new(scratches);
        healthy.Append(profile, [Row(profile)], 1);
        scratches.FreeCount.ShouldBe(1);
        failing.AppendFailing(profile, [Row(profile)], 2);
        scratches.FreeCount.ShouldBe(0, "what half a row is in");
        healthy.Append(profile, [Row(profile)], 3);
        scratches.FreeCount.ShouldBe(1);
        healthy.Encode(durable: true).ShouldBeTrue();
    }

    [Fact]
    public void EndProfile_AfterAGiant_LetsTheScratchGo()
    {
        var profile = Drawings.Profile("a;b 1", "cpu:nanoseconds");
        profile.Strings.Resize(8_000_000);
        var scratches = new AppendScratchPool();
        using var twins = new WriterTwins(scratches);
        twins.Append(profile, [Row(profile)], 1);
        scratches.FreeCount.ShouldBe(0);
    }

    /// <summary>Pushes, segments that reach the disk and others, new chains, evictions and failures, in an order of chance.</summary>
    private static void Run(int seed, Random random, WriterTwins[] writers)
    {
        var pushes = new RandomPushes(random);
        for (var step = 0; step < 60; step++)
        {
            var twins = writers[random.Next(writers.Length)];
            try
            {
                Step(random, pushes, twins, step);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}, step {step}", e);
            }
        }
    }

    private static void Step(Random random, RandomPushes pushes, WriterTwins twins, int step)
    {
        var action = random.Next(20);
        if (action < 6)
        {
            twins.Encode(durable: random.Next(4) > 0).ShouldBeTrue();
            if (random.Next(3) == 0) twins.StartAnew(evicted: random.Next(3) == 0);
        }
        else
        {
            var profile = pushes.Next();
            var rows = pushes.Split(profile);
            if (action == 6 && rows.Length > 0) twins.AppendFailing(profile, rows, step);
            else twins.Append(profile, rows, step);
        }
    }

    private static ProfileRow Row(FlatProfile profile) => new(
        new SeriesGroup([LabelSet.Of([("service_name", "s")])], [0]), Enumerable.Range(0, profile.Samples.Count).ToArray(), default);
}
