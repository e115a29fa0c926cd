using Kagari.Profiles;
using Kagari.Query;

namespace Kagari.Simulation;

/// <summary>Invents questions, each in both forms of a <see cref="ModelQuery"/>.</summary>
internal static class QueryGenerator
{
    public static ModelQuery Next(World world, bool filtered)
    {
        var random = world.Random;
        string[] tenants = random.Next(5) == 0 ? [.. world.Tenants] : [$"t{random.Next(world.Options.TenantCount)}"];
        var (min, max) = Times(world);
        var matchers = new List<string>();
        var conditions = new List<Func<LabelSet, bool>>();
        var types = PushGenerator.ProfileTypes.ToList();
        if (random.Next(4) > 0) Equal(LabelNames.ProfileType, types[random.Next(types.Count)]);
        if (random.Next(2) == 0) Equal(LabelNames.ServiceName, $"s{random.Next(world.Options.ServiceCount)}");
        switch (random.Next(8))
        {
            case 0: Equal("pod", $"p{random.Next(world.Options.PodCount)}"); break;
            case 1: Add("pod!=\"p0\"", s => s["pod"] != "p0"); break;
            case 2: Add("pod=~\"p[01]\"", s => s["pod"] is "p0" or "p1"); break;
            case 3: Add("region!~\"r1|\"", s => s["region"] is not ("r1" or "")); break;
            case 4: Equal("region", ""); break;
            default: break;
        }
        var (filter, counts) = filtered ? Filter(random) : (StackFilter.None, static _ => true);
        return new ModelQuery(tenants, min, max, $"{{{string.Join(',', matchers)}}}", s => conditions.TrueForAll(c => c(s)), filter, counts);

        void Equal(string name, string value) => Add($"{name}=\"{value}\"", s => s[name] == value);

        void Add(string matcher, Func<LabelSet, bool> condition)
        {
            matchers.Add(matcher);
            conditions.Add(condition);
        }
    }

    /// <summary>The same question for one type: what an export needs.</summary>
    public static ModelQuery OfOneType(ModelQuery query, Random random)
    {
        var types = PushGenerator.ProfileTypes.ToList();
        var type = types[random.Next(types.Count)];
        return query with { Type = type, Matches = s => s[LabelNames.ProfileType] == type && query.Matches(s) };
    }

    private static (long Min, long Max) Times(World world)
    {
        const long Millisecond = 1_000_000;
        var now = world.Clock.NowMillis;
        var pushes = world.Model.Pushes;
        switch (world.Random.Next(4))
        {
            case 0: return (0, long.MaxValue / 2);
            case 1: return ((now - 3_600_000) * Millisecond, now * Millisecond);
            case 2 when pushes.Count > 0:
                // Both ends are included: to the nanosecond.
                var (one, other) = (pushes[world.Random.Next(pushes.Count)].Identity.TimeNanos, pushes[world.Random.Next(pushes.Count)].Identity.TimeNanos);
                return (Math.Min(one, other), Math.Max(one, other));
            default:
                var start = now - world.Random.NextInt64(4 * 86_400_000L);
                return (start * Millisecond, (start + world.Random.NextInt64(86_400_000L)) * Millisecond);
        }
    }

    private static (StackFilter Filter, Func<ModelSample, bool> Counts) Filter(Random random)
    {
        var name = $"f{random.Next(3)}{(char)('a' + random.Next(3))}";
        switch (random.Next(8))
        {
            case 0: return (StackFilter.None with { CallSite = [$"f0{name[2]}"] }, s => s.Frames[0] == $"f0{name[2]}");
            case 1: return (StackFilter.None with { IncludeNames = [name] }, s => s.Frames.Contains(name));
            case 2: return (StackFilter.None with { ExcludeNames = [name] }, s => !s.Frames.Contains(name));
            case 3:
                var span = (ulong)random.Next(1, 5);
                return (StackFilter.None with { Spans = new HashSet<ulong> { span } }, s => s.Span.Span == span);
            default: return (StackFilter.None, static _ => true);
        }
    }
}
