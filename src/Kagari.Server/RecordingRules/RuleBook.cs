using Google.Protobuf;
using Kagari.Server.Limits;
using Kagari.Server.Objects;
using Kagari.Server.Rpc;
using Kagari.Wire.Json;
using Kagari.Wire.Settings;

namespace Kagari.Server.RecordingRules;

/// <summary>The rules of tenants: those that were made by calls, in a document of the tenant, and those of its limits.</summary>
internal sealed class RuleBook(TenantDocuments documents, ILimitsProvider limits, bool isOpen) : IDisposable
{
    private const string Document = "rules.json";

    // A change reads all rules of a tenant and writes them back.
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Whether rules are made by calls; else only those of the configuration count.</summary>
    public bool IsOpen => isOpen;

    public void Dispose() => _gate.Dispose();

    /// <summary>All rules in force, those of the configuration first.</summary>
    public async ValueTask<IReadOnlyList<RecordingRule>> ListAsync(string tenant, CancellationToken cancellation)
    {
        // Ids name series: one that the configuration takes later is the configuration's.
        RecordingRule[] made = isOpen ? [.. (await ReadAsync(tenant, cancellation)).Rules] : [];
        return [.. Provisioned(tenant).Concat(made).DistinctBy(r => r.Id, StringComparer.Ordinal)];
    }

    /// <summary>Rules of the tenant's limits.</summary>
    public IEnumerable<RecordingRule> Provisioned(string tenant) => limits.For(tenant).RecordingRules;

    /// <summary>Changes the rules that were made by calls; they are durable when it returns.</summary>
    public async Task<T> ChangeAsync<T>(string tenant, Func<IList<RecordingRule>, T> change, CancellationToken cancellation)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            var all = await ReadAsync(tenant, cancellation);
            var result = change(all.Rules);
            await documents.PutAsync(tenant, Document, System.Text.Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(all)), cancellation);
            return result;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask<ListRecordingRulesResponse> ReadAsync(string tenant, CancellationToken cancellation)
    {
        if (await documents.FindAsync(tenant, Document, cancellation) is not { } bytes) return new ListRecordingRulesResponse();
        return ProtoJson.TryRead<ListRecordingRulesResponse>(bytes, out var rules, out var error) ? rules
            : throw new RpcException(RpcCode.Internal, $"the stored recording rules of tenant '{tenant}' cannot be read: {error}");
    }
}
