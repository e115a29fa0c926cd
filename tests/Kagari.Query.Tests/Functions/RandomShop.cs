using Kagari.Profiles;
using static Kagari.Query.Tests.QueryFixture;

namespace Kagari.Query.Tests.Functions;

/// <summary>Profiles of chance in a store and as plain stacks, so that answers can be counted twice.</summary>
internal sealed class RandomShop
{
    private static readonly string[] s_names = ["main", "work", "gc", "idle", "Work.Async", "io", "x"];

    public required QueryFixture Data { get; init; }

    public required FunctionAnswers Answers { get; init; }

    public List<PlainStack> Stacks { get; } = [];

    /// <summary>Profiles from second 0 to 99 of three services and two pods.</summary>
    public static async Task<RandomShop> OpenAsync(Random random, int profiles = 25)
    {
        var data = await QueryFixture.OpenAsync();
        var shop = new RandomShop { Data = data, Answers = new FunctionAnswers(data.Engine) };
        for (var i = 0; i < profiles; i++)
        {
            var millis = random.Next(100_000);
            var service = $"s{random.Next(3)}";
            var pod = random.Next(4) == 0 ? null : $"p{random.Next(2)}";
            var drawing = new List<string>();
            for (var stack = random.Next(1, 5); stack > 0; stack--)
            {
                string[] frames = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => s_names[random.Next(s_names.Length)])];
                var value = random.Next(1, 50);
                drawing.Add($"{string.Join(';', frames)} {value}");
                shop.Stacks.Add(new PlainStack(millis, service, pod ?? "", frames, value));
            }
            // A label of its own keeps equal profiles apart; they are not what is tested here.
            var labels = LabelSet.Of([(LabelNames.ServiceName, service), ("i", $"{i}")]);
            await data.Store.PutAsync(string.Join(" | ", drawing), millis * (Second / 1000), pod is null ? labels : labels.With("pod", pod));
        }
        return shop;
    }

    public static Selection Select(long startMillis, long endMillis, string selector = "{}")
    {
        SelectorParser.TryParse(selector, out var parsed, out var error).ShouldBeTrue(error);
        return new Selection(["t"], Testing.TestStore.CpuType, parsed!, startMillis, endMillis);
    }

    public List<PlainStack> Within(Selection selection) => [.. Stacks.Where(s => s.Millis >= selection.StartMillis && s.Millis <= selection.EndMillis)];
}

/// <summary>One stack of one profile.</summary>
internal sealed record PlainStack(long Millis, string Service, string Pod, string[] Frames, long Value);

/// <summary>Sums over plain stacks.</summary>
internal static class PlainSums
{
    public static long Sum(this IEnumerable<PlainStack> stacks) => stacks.Sum(s => s.Value);

    public static long SelfOf(this IEnumerable<PlainStack> stacks, string function) => stacks.Where(s => s.Frames[^1] == function).Sum();

    public static long TotalOf(this IEnumerable<PlainStack> stacks, string function) => stacks.Where(s => s.Frames.Contains(function)).Sum();

    public static string[] Functions(this IEnumerable<PlainStack> stacks) => [.. stacks.SelectMany(s => s.Frames).Distinct().Order(StringComparer.Ordinal)];
}
