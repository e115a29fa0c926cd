using System.IO.Compression;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Profefe;

/// <summary>Everything under <c>/api/0</c> that reads: on all stored profiles, whichever way they came.</summary>
internal sealed class ProfefeReader(QueryEngine engine, QueryScopes scopes, ProfefeOriginals originals, ProfefeTraces traces)
{
    public async Task ServicesAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var everything = new SeriesQuery(scope.Tenants, long.MinValue, long.MaxValue, Selector.All) { Run = scope.Run };
        var services = new SortedSet<string>(await engine.LabelValuesAsync(everything, LabelNames.ServiceName, http.RequestAborted), StringComparer.Ordinal);
        foreach (var tenant in scope.Tenants) services.UnionWith(await traces.ServicesAsync(tenant, http.RequestAborted));
        if (services.Count == 0) throw ProfefeException.NothingFound();
        await ProfefeJson.WriteBodyAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var service in services) json.WriteStringValue(service);
            json.WriteEndArray();
        });
    }

    public async Task ListAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var service = ProfefeParameters.Service(http.Request);
        var type = http.Request.Query["type"].ToString();
        if (type.Length > 0 && !ProfefeType.IsKnown(type)) throw ProfefeException.BadRequest($"bad \"type\" \"{type}\": unknown profile type");
        var labels = ProfefeParameters.Labels(http.Request);
        var (start, end) = ProfefeParameters.Range(http.Request);
        var limit = ProfefeParameters.Limit(http.Request);
        var window = scope.Window(start, end);

        var found = new List<ProfefeProfile>();
        if (!window.IsEmpty && type != ProfefeType.Trace)
            found.AddRange((await engine.ProfilesAsync(scope.Query(window, SelectorOf(service, type, labels)), http.RequestAborted)).Select(ProfefeProfile.Of));
        if (!window.IsEmpty) found.AddRange(await FindKeptAsync(scope, service, type, labels, window, http.RequestAborted));
        if (found.Count == 0) throw ProfefeException.NothingFound();
        // Of more than are asked for the latest; told in order of time.
        var shown = found.OrderBy(p => p.TimeNanos).TakeLast(limit ?? found.Count);
        await ProfefeJson.WriteBodyAsync(http, json =>
        {
            json.WriteStartArray();
            foreach (var profile in shown) ProfefeJson.Write(json, profile);
            json.WriteEndArray();
        });
    }

    public async Task MergeAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var service = ProfefeParameters.Service(http.Request);
        var type = http.Request.Query["type"].ToString();
        if (!ProfefeType.IsKnown(type) || type == ProfefeType.Trace)
            throw new ProfefeException(405, $"can't merge profiles of {(type.Length == 0 || !ProfefeType.IsKnown(type) ? "unknown" : type)} type");
        var labels = ProfefeParameters.Labels(http.Request);
        var (start, end) = ProfefeParameters.Range(http.Request);
        var limit = ProfefeParameters.Limit(http.Request);
        var window = scope.Window(start, end);
        if (window.IsEmpty) throw ProfefeException.NothingFound();

        var query = scope.Query(window, SelectorOf(service, type, labels));
        IReadOnlyList<StoredProfile>? chosen = limit is { } most ? [.. (await engine.ProfilesAsync(query, http.RequestAborted)).TakeLast(most)] : null;
        await WriteProfileAsync(http, await MergeAsync(query, chosen, http.RequestAborted), type);
    }

    /// <summary>One id gives the bytes that were posted, several give their sum.</summary>
    public async Task GetAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var text = http.Request.RouteValues["ids"] as string ?? "";
        // In a path a plus stands for itself, but clients that treat the path as a form send it as a blank, or escaped.
        var names = text.Split(['+', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (names.Length == 0) throw ProfefeException.BadRequest("no profile id");
        var ids = new List<ProfefeId>();
        foreach (var name in names)
            ids.Add(ProfefeId.TryParse(name, out var id) ? id : throw new ProfefeException(500, $"failed to get profile by id \"{name}\""));

        var found = new List<StoredProfile>();
        foreach (var id in ids.Distinct())
            found.AddRange((await engine.ProfilesAsync(SecondOf(scope, id), http.RequestAborted)).Where(p => id.IsOf(p.Identity)));
        if (ids.Count == 1)
        {
            // The bytes of a profile whose rows are deleted or expired are not given out either.
            var bytes = found.Count > 0 ? await FindAsync(scope, ids[0], originals.FindAsync, http.RequestAborted) : await FindAsync(scope, ids[0], traces.FindAsync, http.RequestAborted);
            if (bytes is not null)
            {
                await WriteAsync(http, bytes, text);
                return;
            }
        }
        if (ids.Distinct().Any(id => !found.Any(p => id.IsOf(p.Identity)))) throw ProfefeException.NothingFound();
        var types = found.Select(p => ProfefeType.OfFamily(p.Labels[LabelNames.Name])).Distinct(StringComparer.Ordinal).ToList();
        if (types.Count > 1) throw new ProfefeException(400, $"can't merge profiles of different types: {string.Join(", ", types)}");
        var range = new SeriesQuery(scope.Tenants, found.Min(p => p.Identity.TimeNanos), found.Max(p => p.Identity.TimeNanos),
            Selector.All.And(ProfefeType.Matcher(types[0])))
        { Run = scope.Run };
        await WriteProfileAsync(http, await MergeAsync(range, found, http.RequestAborted), text);
    }

    private async Task<FlatProfile> MergeAsync(SeriesQuery query, IReadOnlyList<StoredProfile>? chosen, CancellationToken cancellation)
    {
        var columns = await ColumnsAsync(query, chosen, cancellation);
        if (columns.Count == 0 || chosen is { Count: 0 }) throw ProfefeException.NothingFound();
        var filter = chosen is null ? StackFilter.None : new StackFilter { ProfileIds = chosen.Select(p => p.Identity.ToProfileId()).ToHashSet() };
        var profile = await engine.MergeProfilesAsync(query, columns, filter, cancellation);
        if (profile.Samples.Count == 0) throw ProfefeException.NothingFound();
        // As google/pprof merges: the first time, and all durations.
        var sum = chosen is null ? await engine.SumDurationsAsync(query, cancellation) : ProfileDurations.Of(chosen);
        if (sum.Count > 0) (profile.TimeNanos, profile.DurationNanos) = (sum.TimeNanosMin, sum.DurationNanos);
        return profile;
    }

    /// <summary>The sample types of what is merged. Types of one name and unit are one, whatever their period: clients differ in it.</summary>
    private async Task<IReadOnlyList<IReadOnlyList<ProfileTypeId>>> ColumnsAsync(SeriesQuery query, IReadOnlyList<StoredProfile>? chosen, CancellationToken cancellation)
    {
        var range = chosen is { Count: > 0 }
            ? query with { TimeNanosMin = chosen.Min(p => p.Identity.TimeNanos), TimeNanosMax = chosen.Max(p => p.Identity.TimeNanos) } : query;
        var types = new List<ProfileTypeId>();
        foreach (var text in await engine.LabelValuesAsync(range, LabelNames.ProfileType, cancellation))
            if (ProfileTypeId.TryParse(text, out var type, out _)) types.Add(type);
        // Counts stand before what they cost, as in Go's profiles.
        return
        [
            .. types.GroupBy(t => (t.SampleType, t.SampleUnit)).OrderBy(c => ColumnOrder(c.Key.SampleType, c.Key.SampleUnit)).ThenBy(c => c.Key.SampleType, StringComparer.Ordinal)
                .Select(c => (IReadOnlyList<ProfileTypeId>)[.. c]),
        ];
    }

    private static int ColumnOrder(string type, string unit) => (type.StartsWith("inuse", StringComparison.Ordinal) ? 2 : 0) + (unit == "count" ? 0 : 1);

    /// <summary>Traces and empty profiles: what has no rows.</summary>
    private async Task<IEnumerable<ProfefeProfile>> FindKeptAsync(
        QueryScope scope, string service, string type, IReadOnlyList<Label> labels, QueryWindow window, CancellationToken cancellation)
    {
        const int Most = 10_000;   // each is a file to read
        var found = new List<ProfefeProfile>();
        foreach (var tenant in scope.Tenants)
            found.AddRange(await traces.ListAsync(tenant, service, window.StartMillis / 1000, window.EndMillis / 1000, Most, cancellation));
        return found.Where(t => (type.Length == 0 || t.Type == type) && labels.All(t.Labels.Contains));
    }

    private static async Task<byte[]?> FindAsync(
        QueryScope scope, ProfefeId id, Func<string, ProfefeId, CancellationToken, ValueTask<byte[]?>> find, CancellationToken cancellation)
    {
        foreach (var tenant in scope.Tenants)
            if (await find(tenant, id, cancellation) is { } bytes) return bytes;
        return null;
    }

    private static Selector SelectorOf(string service, string type, IReadOnlyList<Label> labels)
    {
        var selector = Selector.All.And(LabelMatcher.Equal(LabelNames.ServiceName, service));
        if (type.Length > 0) selector = selector.And(ProfefeType.Matcher(type));
        return labels.Aggregate(selector, (s, l) => s.And(LabelMatcher.Equal(ProfefeLabels.NameOf(l.Name), l.Value)));
    }

    private static SeriesQuery SecondOf(QueryScope scope, ProfefeId id) =>
        SeriesQuery.OfMillis(scope.Tenants, id.Seconds * 1000L, (id.Seconds * 1000L) + 999, Selector.All) with { Run = scope.Run };

    private static async Task WriteProfileAsync(HttpContext http, FlatProfile profile, string name)
    {
        using var bytes = new PooledBuffer();
        PprofWriter.WriteGzip(profile, bytes, CompressionLevel.Fastest);
        await WriteAsync(http, bytes.WrittenMemory, name);
    }

    private static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> bytes, string name)
    {
        http.Response.ContentType = "application/octet-stream";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
