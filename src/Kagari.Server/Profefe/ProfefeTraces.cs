using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Objects;

namespace Kagari.Server.Profefe;

/// <summary>Execution traces, and profiles that count nothing: kept and given back, never read.</summary>
/// <remarks>
/// A trace is an object with its id as name; an entry <c>SERVICE/ID</c> beside it holds service, labels and time, so that a
/// list of a service reads no trace. The entry is written last: what is listed is there.
/// </remarks>
internal sealed class ProfefeTraces(TenantDocuments traces, TenantDocuments index)
{
    /// <summary>File systems end at 255 bytes.</summary>
    private const int FolderNameMax = 200;

    public async Task<ProfefeProfile> PutAsync(
        string tenant, string service, string type, IReadOnlyList<Label> labels, long timeNanos, ReadOnlyMemory<byte> trace, CancellationToken cancellation)
    {
        var hash = XxHash64.Mix(XxHash64.Of(trace.Span), ProfefeLabels.ToSeries(service, type, labels).StableHash());
        var profile = new ProfefeProfile(new ProfefeId((uint)(timeNanos / 1_000_000_000), hash), type, service, labels, timeNanos);
        await traces.PutAsync(tenant, profile.Id.ToString(), trace, cancellation);
        var entry = new Entry(service, type, timeNanos, [.. labels.Select(l => new[] { l.Name, l.Value })]);
        await index.PutAsync(tenant, $"{Folder(service)}/{profile.Id}", JsonSerializer.SerializeToUtf8Bytes(entry), cancellation);
        return profile;
    }

    public ValueTask<byte[]?> FindAsync(string tenant, ProfefeId id, CancellationToken cancellation) => traces.FindAsync(tenant, id.ToString(), cancellation);

    /// <summary>Those of a service in a range of seconds, by time; at most so many of the latest are read.</summary>
    public async Task<IReadOnlyList<ProfefeProfile>> ListAsync(string tenant, string service, long startSeconds, long endSeconds, int most, CancellationToken cancellation)
    {
        var found = new List<ProfefeProfile>();
        // Names are in order of time.
        var names = (await index.ListAsync(tenant, Folder(service) + "/", cancellation))
            .Where(n => ProfefeId.TryParse(n, out var id) && id.Seconds >= startSeconds && id.Seconds <= endSeconds).TakeLast(most);
        foreach (var name in names)
        {
            _ = ProfefeId.TryParse(name, out var id);
            if (await ReadAsync(tenant, $"{Folder(service)}/{name}", cancellation) is not { } entry || entry.Service != service) continue;
            found.Add(new ProfefeProfile(id, entry.Type, service, [.. entry.Labels.Select(l => new Label(l[0], l[1]))], entry.TimeNanos));
        }
        return [.. found.OrderBy(t => t.TimeNanos)];
    }

    /// <summary>The services that have traces.</summary>
    public async Task<IReadOnlyList<string>> ServicesAsync(string tenant, CancellationToken cancellation)
    {
        var services = new List<string>();
        foreach (var folder in (await index.ListAsync(tenant, cancellation)).GroupBy(n => n.Split('/')[0], StringComparer.Ordinal))
            if (await ReadAsync(tenant, folder.First(), cancellation) is { } entry) services.Add(entry.Service);
        return services;
    }

    /// <summary>Removes those that are older than their tenant keeps them.</summary>
    public async Task ExpireAsync(Func<string, DateTimeOffset?> keptFrom, CancellationToken cancellation)
    {
        foreach (var (tenant, name) in await index.ListAllAsync(cancellation))
        {
            if (!ProfefeId.TryParse(name.Split('/')[^1], out var id) || keptFrom(tenant) is not { } from || id.Seconds >= from.ToUnixTimeSeconds()) continue;
            await index.DeleteAsync(tenant, name, cancellation);
            await traces.DeleteAsync(tenant, id.ToString(), cancellation);
        }
    }

    private async Task<Entry?> ReadAsync(string tenant, string name, CancellationToken cancellation)
    {
        try
        {
            return await index.FindAsync(tenant, name, cancellation) is { } json ? JsonSerializer.Deserialize<Entry>(json) : null;
        }
        catch (JsonException)
        {
            return null;   // a damaged entry hides its trace from lists; by its id it is still there
        }
    }

    private static string Folder(string service)
    {
        var escaped = Uri.EscapeDataString(service);
        if (escaped is not ("." or "..") && escaped.Length <= FolderNameMax) return escaped;
        return $"~{XxHash64.Of(System.Text.Encoding.UTF8.GetBytes(service)):x16}";
    }

    private sealed record Entry(string Service, string Type, long TimeNanos, string[][] Labels);
}
