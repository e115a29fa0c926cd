using System.Text;
using Kagari.Profiles;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Functions;

/// <summary>Lines of functions over profiles of chance, with recursion and inlined calls, against sums of plain stacks.</summary>
public sealed class LinesTests
{
    private static readonly string[] s_functions = ["main", "work", "gc", "Work<T>"];

    [Fact]
    public async Task Lines_AnyProfiles_AgreeWithPlainStacks()
    {
        for (var seed = 0; seed < 8; seed++)
        {
            var random = new Random(seed);
            await using var data = await OpenAsync();
            var stacks = new List<(long Millis, Call[] Calls, long Value)>();
            for (var i = 0; i < 12; i++)
            {
                var millis = random.Next(100_000);
                var profile = Profile(random, out var own);
                stacks.AddRange(own.Select(s => ((long)millis, s.Calls, s.Value)));
                // A label of its own keeps equal profiles apart.
                await data.Store.PutAsync(profile, millis * 1_000_000L, LabelSet.Of([(LabelNames.ServiceName, $"s{random.Next(2)}"), ("i", $"{i}")]));
            }
            if (seed % 2 == 1) await data.Store.CompactAsync(DateTimeOffset.UnixEpoch.AddDays(2));
            var answers = new FunctionAnswers(data.Engine);
            var selection = RandomShop.Select(10_000, 80_000);
            var table = FunctionTable.Build(await answers.TreeAsync(selection, StackFilter.None, default));
            foreach (var function in s_functions.Append("nope"))
            {
                var lines = await answers.LinesAsync(selection, function, StackFilter.None, default);
                var asked = stacks.Where(s => s.Millis is >= 10_000 and <= 80_000).Select(s => (s.Calls, s.Value)).ToList();
                Draw(lines).ShouldBe(Plain(asked, function), $"seed {seed} {function}");
                var row = table.Rows.ToArray().SingleOrDefault(r => table.Names.GetString(r.Name) == function);
                (lines.Self, lines.Total).ShouldBe((row.Self, row.Total), $"seed {seed} {function}");
                lines.Files.Sum(f => f.Lines.Sum(l => l.Self)).ShouldBe(lines.Self, $"seed {seed} {function}");
            }
        }
    }

    [Fact]
    public void Lines_OfAProfileThatIsNotStored_AgreeWithPlainStacks()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var profile = Profile(new Random(seed), out var stacks);
            foreach (var function in s_functions.Append("nope"))
                Draw(FunctionLines.Of(profile, 0, function)).ShouldBe(Plain(stacks, function), $"seed {seed} {function}");
        }
    }

    [Fact]
    public async Task Lines_DeepRecursion_CountsEachStackOnce()
    {
        await using var data = await OpenAsync();
        await data.Store.PutAsync(string.Join(';', Enumerable.Repeat("f", 20_000)) + " 7 | f 1", 5 * Second);
        var lines = await new FunctionAnswers(data.Engine).LinesAsync(RandomShop.Select(0, 9_999), "f", StackFilter.None, default);
        Draw(lines).ShouldBe("8/8 | :0 8/8 | :0@0 8/8");
    }

    [Fact]
    public async Task Repositories_OfSeries_AreGivenOnce()
    {
        await using var data = await OpenAsync();
        LabelSet of(params (string, string)[] more) => LabelSet.Of([(LabelNames.ServiceName, "cart"), .. more]);
        await data.Store.PutAsync("a 1", 5 * Second, of());
        await data.Store.PutAsync("a 2", 5 * Second, of(("service_repository", "https://git/shop"), ("service_git_ref", "v2")));
        await data.Store.PutAsync("a 3", 5 * Second, of(("service_repository", "https://git/shop"), ("service_git_ref", "v1"), ("service_root_path", "cmd")));
        await data.Store.PutAsync("a 4", 6 * Second, of(("service_repository", "https://git/shop"), ("service_git_ref", "v2"), ("pod", "b")));
        var found = await new FunctionAnswers(data.Engine).RepositoriesAsync(RandomShop.Select(0, 9_999), default);
        found.ShouldBe([new SourceRepository("https://git/shop", "v1", "cmd"), new SourceRepository("https://git/shop", "v2", "")]);
    }

    /// <summary>A profile of chance and its stacks, calls root first.</summary>
    private static FlatProfile Profile(Random random, out List<(Call[] Calls, long Value)> stacks)
    {
        var profile = new FlatProfile();
        profile.Clear();
        profile.SampleTypes.Add(new Profiles.ValueType(profile.AddString("cpu"), profile.AddString("nanoseconds")));
        int Text(string text) => text.Length == 0 ? 0 : profile.AddString(Encoding.UTF8.GetBytes(text));
        // Functions of one name in several files and at several starts, as overloads and copies of a library are.
        var locations = new List<Call[]>();
        for (var i = 0; i < 12; i++)
        {
            var start = profile.Lines.Count;
            var calls = Enumerable.Range(0, random.Next(1, 4)).Select(_ => new Call(s_functions[random.Next(s_functions.Length)], $"/src/{random.Next(2)}.go", random.Next(3) * 10, random.Next(4))).ToArray();
            foreach (var call in calls)
            {
                profile.Functions.Add(new Function(Text(call.Function), 0, Text(call.File), call.StartLine));
                profile.Lines.Add(new Line(profile.Functions.Count - 1, 0, call.Line));
            }
            profile.Locations.Add(new Location(-1, start, calls.Length, 0));
            locations.Add(calls);
        }
        stacks = [];
        for (var i = 0; i < 5; i++)
        {
            var start = profile.Stacks.Count;
            var calls = new List<Call>();
            for (var depth = random.Next(1, 7); depth > 0; depth--)
            {
                var location = random.Next(locations.Count);
                profile.Stacks.Add(location);
                calls.AddRange(locations[location]);
            }
            calls.Reverse();
            var value = random.Next(1, 50);
            profile.Samples.Add(new Sample(start, profile.Stacks.Count - start, 0, 0));
            profile.Values.Add(value);
            stacks.Add(([.. calls], value));
        }
        return profile;
    }

    private static string Draw(FunctionLines lines) => string.Join(" | ",
        lines.Files.OrderBy(f => f.File, StringComparer.Ordinal).SelectMany(f => f.Lines.Select(l => $"{f.File}:{l.Line} {l.Self}/{l.Total}").Append($"{f.File}:0@{f.StartLine} {f.Self}/{f.Total}"))
            .Prepend($"{lines.Self}/{lines.Total}"));

    private static string Plain(List<(Call[] Calls, long Value)> stacks, string function)
    {
        string Values(Func<Call, bool> wanted) =>
            $"{stacks.Where(s => wanted(s.Calls[^1])).Sum(s => s.Value)}/{stacks.Where(s => s.Calls.Any(wanted)).Sum(s => s.Value)}";
        var calls = stacks.SelectMany(s => s.Calls).Where(c => c.Function == function).ToList();
        return string.Join(" | ", calls.GroupBy(c => c.File).OrderBy(f => f.Key, StringComparer.Ordinal).SelectMany(f =>
            f.Select(c => c.Line).Distinct().Order().Select(line => $"{f.Key}:{line} {Values(c => c.Function == function && c.File == f.Key && c.Line == line)}")
                .Append($"{f.Key}:0@{f.Select(c => c.StartLine).Where(s => s > 0).DefaultIfEmpty(0).Min()} {Values(c => c.Function == function && c.File == f.Key)}"))
            .Prepend(Values(c => c.Function == function)));
    }

    private sealed record Call(string Function, string File, long StartLine, long Line);
}
