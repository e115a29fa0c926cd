using Kagari.Profiles;
using Kagari.Query;
using Kagari.Testing;

namespace Kagari.Simulation;

// What must hold, checked against the model.
internal sealed partial class World
{
    private static readonly string[] AllLabels = [LabelNames.ServiceName, "pod", "region", LabelNames.ProfileType];

    /// <summary>Asks the system for a tree, as a client, and compares. A failing disk may make it fail, never wrong.</summary>
    public async Task<string> CheckTreeAsync(ModelQuery query)
    {
        var found = await AskTreeAsync(query, query.Filter);
        await CompareAsync(query, found, AskTreeAsync, pushes => ReferenceModel.Tree(pushes, query));
        return $"{query}: {found.Split(" | ").Length} stacks";
    }

    /// <summary>Asks for values over time and compares.</summary>
    public async Task<string> CheckTimeSeriesAsync(ModelQuery query, long startMillis, long endMillis, long stepMillis, string[] groupBy)
    {
        var found = await AskTimeSeriesAsync(Engine, query, query.Filter, startMillis, endMillis, stepMillis, groupBy);
        await CompareAsync(
            query, found, (part, filter) => AskTimeSeriesAsync(Engine, part, filter, startMillis, endMillis, stepMillis, groupBy),
            pushes => ReferenceModel.TimeSeries(pushes, query, startMillis, endMillis, stepMillis, groupBy));
        return $"{query} by {string.Join(',', groupBy)}: {found.Split(" | ").Length} points";
    }

    /// <summary>Exports a profile and compares its stacks.</summary>
    public async Task<string> CheckProfileAsync(ModelQuery query)
    {
        var found = await AskProfileAsync(query, query.Filter);
        await CompareAsync(query, found, AskProfileAsync, pushes => ReferenceModel.Tree(pushes, query));
        return $"{query} of {query.Type}: {found.Split(" | ").Length} stacks";
    }

    /// <summary>Asks for the series and compares.</summary>
    public async Task<string> CheckSeriesAsync(ModelQuery query)
    {
        var series = await Engine.SeriesAsync(query.ToSeriesQuery(), CancellationToken.None);
        var found = series.Select(s => s.ToString()).Order(StringComparer.Ordinal).ToList();
        await Disk.QuietlyAsync(async () =>
        {
            var visible = await CheckPresenceAsync(afterRecovery: false);
            var least = ReferenceModel.Series(visible.Where(p => !p.MayBeMissing), query).Split(" | ", StringSplitOptions.RemoveEmptyEntries);
            var most = ReferenceModel.Series(Model.Pushes.Where(p => visible.Contains(p) || p.MayBeMissing), query).Split(" | ", StringSplitOptions.RemoveEmptyEntries);
            // Where the profiles themselves are lost, their rollup goes on answering, with fewer labels.
            var rolledUp = series.Where(s => Model.Pushes.Any(p => p.MayBeMissing && query.Selects(p) && IsRollupOf(s, p))).Select(s => s.ToString());
            if (least.Except(found).Any() || found.Except(most).Except(rolledUp).Any())
                Fail($"Series of {query} are\n{string.Join('\n', found)}\nexpected at least\n{string.Join('\n', least)}\nand at most\n{string.Join('\n', most)}");
        });
        return $"{query}: {found.Count} series";

        static bool IsRollupOf(LabelSet rollup, ModelPush push) =>
            rollup[LabelNames.ServiceName] == push.Service
            && push.Rows.Any(r => r.Series.Any(s => s[LabelNames.ProfileType] == rollup[LabelNames.ProfileType] && rollup.All(s.Contains)));
    }

    /// <summary>All data of all tenants, in every way.</summary>
    private async Task CheckEverythingAsync()
    {
        await CheckPresenceAsync(afterRecovery: false);
        foreach (var tenant in Tenants)
        {
            var everything = ModelQuery.Everything(tenant);
            await CheckSeriesAsync(everything);
            foreach (var type in PushGenerator.ProfileTypes)
                await CheckTreeAsync(everything with { Selector = $"{{__profile_type__=\"{type}\"}}", Matches = s => s[LabelNames.ProfileType] == type });
        }
        CheckReports();
    }

    /// <summary>
    /// Finds all pushes that a process with cold caches sees, each by the millisecond that is its own, and checks that
    /// these are the ones that must be there. What is seen or gone after a recovery stays so.
    /// </summary>
    private async Task<HashSet<ModelPush>> CheckPresenceAsync(bool afterRecovery)
    {
        var visible = new HashSet<ModelPush>();
        await Disk.QuietlyAsync(async () =>
        {
            var engine = NewEngine(64 << 20);
            foreach (var tenant in Tenants)
            {
                var query = ModelQuery.Everything(tenant);
                var last = Clock.NowMillis + 1_000_000;
                var points = await AskTimeSeriesAsync(engine, query, StackFilter.None, 1, last, 1, AllLabels);
                var found = points.Split(" | ", StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
                foreach (var push in Model.Pushes.Where(p => p.Tenant == tenant))
                {
                    var expected = push.SeriesTotals().Select(t => $"{ReferenceModel.PointKey(t.Key.Where(l => AllLabels.Contains(l.Name)), push.TimeMillis)} {t.Value}").ToList();
                    if (expected.Count == 0) continue;   // nothing of it counts, nothing is stored
                    var present = expected.Count(found.Remove);
                    if (present > 0 && present < expected.Count) Fail($"{push} is there in part: {present} of {expected.Count} series.");
                    if (present > 0) visible.Add(push);
                }
                if (found.Count > 0) Fail($"Tenant {tenant} has data that nobody sent so: {string.Join(" | ", found)}");
            }
        });
        foreach (var push in Model.Pushes.Where(p => p.SeriesTotals().Count > 0)) CheckPresence(push, visible.Contains(push), afterRecovery);
        return visible;
    }

    private void CheckPresence(ModelPush push, bool isVisible, bool afterRecovery)
    {
        if (isVisible && !push.WasDelivered) Fail($"{push} was never delivered and is there.");
        if (push.MayBeMissing)
        {
            if (!isVisible && push.IsAcknowledged && !IsReported(push)) Fail($"{push} is missing; bytes of {string.Join(", ", push.DamagedKeys)} are damaged, but nothing was reported.");
            return;
        }
        if (isVisible && push.IsDeleted) Fail($"{push} was deleted and is there.");
        if (push.IsDeleted) return;
        if (!isVisible && push.IsAcknowledged) Fail($"{push} was acknowledged and is missing.");
        if (!isVisible && push.Settlement == Settlement.Seen) Fail($"{push} was seen before and is missing.");
        if (isVisible && push is { Settlement: Settlement.Gone, IsAcknowledged: false }) Fail($"{push} was gone after a recovery and is back.");
        if (isVisible) push.Settlement = Settlement.Seen;
        else if (afterRecovery && push.WasDelivered) push.Settlement = Settlement.Gone;
    }

    /// <summary>
    /// An answer is the sum of all visible pushes. Of those whose bytes were damaged each may be missing, but whole:
    /// asked for alone, it must come as it is or not at all, and the answer has exactly those that come.
    /// </summary>
    private Task CompareAsync(ModelQuery query, string found, Func<ModelQuery, StackFilter, Task<string>> ask, Func<IEnumerable<ModelPush>, string> expect) =>
        Disk.QuietlyAsync(async () =>
        {
            var visible = await CheckPresenceAsync(afterRecovery: false);
            var doubtful = Model.Pushes.Where(p => p.MayBeMissing && query.Tenants.Contains(p.Tenant)).ToList();
            var expected = expect(visible.Where(p => !p.MayBeMissing));
            if (doubtful.Count > 0)
            {
                var parts = new List<string> { expected };
                var others = new List<string>();
                foreach (var push in doubtful)
                {
                    // Rows of a push may lie in different pages: each is whole or missing.
                    var rows = push.Rows.Select(r => ReferenceModel.Sum([expect([push.Only(r)])])).Where(r => r.Length > 0).ToList();
                    var part = ReferenceModel.Sum([await ask(query with { Tenants = [push.Tenant] }, query.Filter with { ProfileIds = new HashSet<Guid> { push.Identity.ToProfileId() } })]);
                    var there = Enumerable.Range(0, 1 << rows.Count).Select(set => rows.Where((_, i) => (set & (1 << i)) != 0).ToList())
                        .FirstOrDefault(some => ReferenceModel.Sum(some) == part);
                    if (there is null) Fail($"{query} for {push} alone is\n{part}\nexpected nothing, or all or some of\n{string.Join('\n', rows)}");
                    parts.Add(part);
                    if (there!.Count == rows.Count) continue;
                    others.AddRange(rows.Except(there));
                    if (push.IsAcknowledged && !IsReported(push))
                        Fail($"{query}: {push} is missing; bytes of {string.Join(", ", push.DamagedKeys)} are damaged, but nothing was reported.");
                }
                (expected, found) = (ReferenceModel.Sum(parts), ReferenceModel.Sum([found]));
                // A warm cache may still have had what the question for one push, asked later, no longer finds; and sums
                // over many pushes are read from other bytes than single ones.
                if (found != expected && (others.Count <= 10 ? IsWithSome(others) : IsBetween(others))) return;

                bool IsWithSome(List<string> some) => Enumerable.Range(1, (1 << some.Count) - 1)
                    .Any(set => ReferenceModel.Sum(some.Where((_, i) => (set & (1 << i)) != 0).Append(expected)) == found);

                // Too many to try all: no stack has less than what is there for sure, or more than all.
                bool IsBetween(List<string> some) =>
                    ReferenceModel.IsAtMost(expected, found) && ReferenceModel.IsAtMost(found, ReferenceModel.Sum(some.Append(expected)));
            }
            if (found != expected) Fail($"{query} is\n{found}\nexpected\n{expected}");
        });

    private async Task<string> AskTreeAsync(ModelQuery query, StackFilter filter) =>
        Drawings.Draw(await _parts.MergeTreeAsync(Engine, query.ToSeriesQuery(), filter));

    private async Task<string> AskProfileAsync(ModelQuery query, StackFilter filter)
    {
        if (!ProfileTypeId.TryParse(query.Type!, out var type, out var error)) throw new InvalidOperationException($"BUG: {error}");
        // Two locations of one name are two stacks of an export, and one of a drawing.
        return ReferenceModel.Sum([Drawings.Draw(await Engine.MergeProfileAsync(query.ToSeriesQuery().OfType(type), type, filter, null, CancellationToken.None))]);
    }

    private static async Task<string> AskTimeSeriesAsync(
        QueryEngine engine, ModelQuery query, StackFilter filter, long startMillis, long endMillis, long stepMillis, string[] groupBy)
    {
        var options = new TimeSeriesOptions(startMillis, endMillis, stepMillis, groupBy, Average: false, Limit: 0, WithExemplars: false);
        var series = await engine.TimeSeriesAsync(query.ToSeriesQuery(), filter, options, CancellationToken.None);
        return string.Join(" | ", series.SelectMany(s => s.Points.Select(p => $"{ReferenceModel.PointKey(s.Labels, p.TimestampMillis)} {(long)p.Value}")).Order(StringComparer.Ordinal));
    }
}
