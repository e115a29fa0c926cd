using System.Text;
using Kagari.Testing;

namespace Kagari.Profiles.Tests.PerfScript;

public sealed class PerfScriptReaderTests
{
    private const string Text = """
        # captured on: a machine
        java thread 1234/1240 [002] 27198.059160:     250000 cpu-clock:ppp: 
        	ffffffff81689621 schedule+0x11 ([kernel.kallsyms])
        	            623e std::vector<int, (anonymous)>::push+0x2ce (/usr/lib/a b.so (deleted))
        	            1000 main+0x0 (/bin/app)

        app  77 27198.560000: 250000 cpu-clock:ppp: 
        	            623e [unknown] (/bin/app)
        	            1000 main+0x0 (/bin/app)

        app  77 27199.059160: 1000 cache-misses:u: 
        	            7000 inner (inlined)
        	            1000 main+0x0 (/bin/app)

        java thread 1234/1240 [001] 27199.100000:     250000 cpu-clock:ppp: 
        	ffffffff81689621 schedule+0x11 ([kernel.kallsyms])
        	            6666 std::vector<int, (anonymous)>::push+0x2 (/usr/lib/a b.so (deleted))
        	            1000 main+0x0 (/bin/app)
        """;

    [Fact]
    public void Events_AreProfilesOfCountsAndPeriods() => Draw(Text).ShouldBe("""
        cpu-clock:ppp samples:count cpu:nanoseconds 1040840000 ns
          app;main;/bin/app!623e 1,250000
          java thread;main;std::vector<int, (anonymous)>::push;schedule 2,500000
        cache-misses:u samples:count cache_misses:count 0 ns
          app;main;inner 1,1000
        """);

    [Theory]
    [InlineData("a 1 1.5: e: \n", "e samples:count 0 ns\n  a 1")]
    [InlineData("a 1 1.5: 7 sched:sched_switch: \n\t10 f (x)\n\n", "sched:sched_switch samples:count sched_sched_switch:count 0 ns\n  a;f 1,7")]
    [InlineData("a 1 1.5: sched:sched_switch: prev_comm=a prev_pid=1\n\t10 f (x)\n\n", "sched:sched_switch samples:count 0 ns\n  a;f 1")]
    [InlineData("12 monkeys 5 [000] 1.5: 3 task-clock: \r\n\t10 f (x)\r\n\r\n", "task-clock samples:count cpu:nanoseconds 0 ns\n  12 monkeys;f 1,3")]
    [InlineData("a -1 1.5: 3 cycles: \n\t10\n", "cycles samples:count cycles:count 0 ns\n  a;!10 1,3")]
    [InlineData("a 1 1.5: 3 cycles: \n\t10 f+0x1 (x)\nb 2 1.7: 4 cycles: \n\t10 g (x)", "cycles samples:count cycles:count 200000000 ns\n  a;f 1,3\n  b;g 1,4")]
    public void Heads_OfManyForms_AreRead(string text, string drawing) => Draw(text).ShouldBe(drawing);

    [Theory]
    [InlineData("", "there is no sample")]
    [InlineData("# nothing\n", "there is no sample")]
    [InlineData("what is this\n", "line 1 is no head of a sample")]
    [InlineData("a 1 1.5: e: \n\tzz f (x)\n", "line 2 is no frame")]
    [InlineData("a 1 1.5: e: \n\n\t10 f (x)\n", "line 3 is no head of a sample")]
    [InlineData("a 1 1.5: 9223372036854775807 e: \n\na 1 1.5: 1 e: \n", "the periods of all samples add up to more than 64 bits hold")]
    public void Broken_NamesTheLine(string text, string reason)
    {
        PerfScriptReader.TryRead(Encoding.UTF8.GetBytes(text), DecodeLimits.Default, out _, out var error).ShouldBeFalse();
        error.Message.ShouldContain(reason);
    }

    [Fact]
    public void Sniffing_TellsItFromFoldedStacks()
    {
        PerfScriptReader.IsPerfScript(Encoding.UTF8.GetBytes(Text)).ShouldBeTrue();
        PerfScriptReader.IsPerfScript("main;work 1.5\nmain 3\n"u8).ShouldBeFalse();
        PerfScriptReader.IsPerfScript("main 1 2.5: a\n"u8).ShouldBeFalse();
    }

    [Fact]
    public void Depth_BeyondTheLimit_LosesLeaves()
    {
        PerfScriptReader.TryRead(Encoding.UTF8.GetBytes(Text), DecodeLimits.Default with { DepthMax = 2 }, out var events, out var error).ShouldBeTrue(error.Message);
        Draw(events[1]).ShouldEndWith("app;main 1,1000");
    }

    [Fact]
    public void AnyBytes_GiveProfilesOrAnError()
    {
        var corpus = Encoding.UTF8.GetBytes(Text);
        foreach (var seed in FuzzBudget.Seeds(4_000))
        {
            var input = FuzzBudget.Mutate(corpus, new Random(seed));
            try
            {
                if (PerfScriptReader.TryRead(input, DecodeLimits.Default, out var events, out var error))
                    foreach (var one in events) one.Profile.Values.Count.ShouldBe(one.Profile.Samples.Count * one.Profile.SampleTypes.Count);
                else error.Message.ShouldNotBeEmpty();
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"seed {seed}: {Encoding.UTF8.GetString(input)}", e);
            }
        }
    }

    private static string Draw(string text)
    {
        PerfScriptReader.TryRead(Encoding.UTF8.GetBytes(text), DecodeLimits.Default, out var events, out var error).ShouldBeTrue(error.Message);
        return string.Join('\n', events.Select(Draw));
    }

    private static string Draw(PerfScriptEvent one)
    {
        var profile = one.Profile;
        var types = profile.SampleTypes.Span.ToArray().Select(t => $"{profile.GetString(t.Type)}:{profile.GetString(t.Unit)}");
        var stacks = Enumerable.Range(0, profile.Samples.Count).Select(i => $"  {string.Join(';', Names(profile, profile.Samples[i]))} {string.Join(',', profile.ValuesOf(i).ToArray())}");
        return $"{one.Name} {string.Join(' ', types)} {profile.DurationNanos} ns\n{string.Join('\n', stacks.Order(StringComparer.Ordinal))}";
    }

    private static IEnumerable<string> Names(FlatProfile profile, Sample sample)
    {
        foreach (var index in profile.StackOf(sample).ToArray().Reverse())
        {
            var location = profile.Locations[index];
            yield return location.LineCount == 0
                ? $"{(location.Mapping < 0 ? "" : profile.GetString(profile.Mappings[location.Mapping].FileName))}!{location.Address:x}"
                : profile.GetString(profile.Functions[profile.Lines[location.LineStart].Function].Name);
        }
    }
}
