using System.Security.Cryptography;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Limits;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.Settings;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.RecordingRules;

/// <summary><c>settings.v1.RecordingRulesService</c>: queries over profiles that become metrics.</summary>
internal sealed class RecordingRulesService(RuleBook book, ServerOptions options, ILimitsProvider limits)
{
    public const string Prefix = "/settings.v1.RecordingRulesService/";

    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const int NewIdLength = 10;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRpc<GetRecordingRuleRequest, GetRecordingRuleResponse>(Prefix + "GetRecordingRule", GetAsync).RequireAccess(Access.Read);
        routes.MapRpc<ListRecordingRulesRequest, ListRecordingRulesResponse>(Prefix + "ListRecordingRules", ListAsync).RequireAccess(Access.Read);
        routes.MapRpc<UpsertRecordingRuleRequest, UpsertRecordingRuleResponse>(Prefix + "UpsertRecordingRule", UpsertAsync).RequireAccess(Access.Admin);
        routes.MapRpc<DeleteRecordingRuleRequest, DeleteRecordingRuleResponse>(Prefix + "DeleteRecordingRule", DeleteAsync).RequireAccess(Access.Admin);
    }

    private async ValueTask<GetRecordingRuleResponse> GetAsync(RpcContext call, GetRecordingRuleRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        CheckId(request.Id);
        var rule = (await book.ListAsync(tenant, cancellation)).FirstOrDefault(r => r.Id == request.Id) ?? throw NotFound(request.Id);
        return new GetRecordingRuleResponse { Rule = rule };
    }

    private async ValueTask<ListRecordingRulesResponse> ListAsync(RpcContext call, ListRecordingRulesRequest request, CancellationToken cancellation)
    {
        var response = new ListRecordingRulesResponse();
        response.Rules.AddRange(await book.ListAsync(TenantOf(call), cancellation));
        return response;
    }

    private async ValueTask<UpsertRecordingRuleResponse> UpsertAsync(RpcContext call, UpsertRecordingRuleRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        var asked = new RecordingRule { Id = request.Id, MetricName = request.MetricName, Generation = request.Generation, StacktraceFilter = request.StacktraceFilter };
        asked.Matchers.AddRange(request.Matchers);
        asked.GroupBy.AddRange(request.GroupBy);
        asked.ExternalLabels.AddRange(request.ExternalLabels);
        if (!RuleChecks.TryCompile(asked, out var compiled, out var error)) throw new RpcException(RpcCode.InvalidArgument, error);
        CheckIsNotProvisioned(tenant, asked.Id);
        var rule = compiled.Rule;
        await book.ChangeAsync(tenant, rules =>
        {
            if (rules.FirstOrDefault(r => r.Id == rule.Id) is { } known)
            {
                if (known.Generation != rule.Generation) throw new RpcException(RpcCode.AlreadyExists, $"conflicting update, please try again: rule '{rule.Id}' has generation {known.Generation}, the request names {rule.Generation}");
                rule.Generation = known.Generation + 1;
                rules[rules.IndexOf(known)] = rule;
                return true;
            }
            var most = limits.For(tenant).MaxRecordingRules;
            if (most > 0 && rules.Count >= most) throw new RpcException(RpcCode.ResourceExhausted, $"the tenant has {rules.Count} recording rules; the limit is {most} (setting max_recording_rules)");
            if (rule.Id.Length == 0) rule.Id = RandomNumberGenerator.GetString(Letters, NewIdLength);
            rule.Generation = 1;
            rules.Add(rule);
            return true;
        }, cancellation);
        return new UpsertRecordingRuleResponse { Rule = rule };
    }

    private async ValueTask<DeleteRecordingRuleResponse> DeleteAsync(RpcContext call, DeleteRecordingRuleRequest request, CancellationToken cancellation)
    {
        var tenant = TenantOf(call);
        CheckId(request.Id);
        CheckIsNotProvisioned(tenant, request.Id);
        await book.ChangeAsync(tenant, rules => rules.Remove(rules.FirstOrDefault(r => r.Id == request.Id) ?? throw NotFound(request.Id)), cancellation);
        return new DeleteRecordingRuleResponse();
    }

    private string TenantOf(RpcContext call)
    {
        // Clients hide what is not implemented.
        if (!book.IsOpen) throw new RpcException(RpcCode.Unimplemented, "recording rules are switched off (setting tenant_settings.recording_rules.enabled)");
        return TenantId.ForWrite(call.HttpContext, options.MultitenancyEnabled);
    }

    private void CheckIsNotProvisioned(string tenant, string id)
    {
        if (id.Length > 0 && book.Provisioned(tenant).Any(r => r.Id == id))
            throw new RpcException(RpcCode.FailedPrecondition, $"rule '{id}' is set by the configuration (limit recording_rules) and changes only there");
    }

    private static void CheckId(string id)
    {
        if (id.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "id is required");
    }

    private static RpcException NotFound(string id) => new(RpcCode.NotFound, $"no recording rule with id '{id}' found");
}
