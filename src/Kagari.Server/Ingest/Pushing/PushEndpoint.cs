using System.Text;
using Kagari.Profiles;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.Push;
using Kagari.Wire.Pushing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Ingest.Pushing;

/// <summary><c>push.v1.PusherService/Push</c>: what agents and newer SDKs send.</summary>
internal sealed class PushEndpoint(Distributor distributor, ServerOptions options, ServerMetrics metrics)
{
    public const string Path = "/push.v1.PusherService/Push";

    /// <summary>A message names so many failures; the rest is counted.</summary>
    private const int FailuresNamedMax = 10;

    public static void Map(IEndpointRouteBuilder routes, PushEndpoint endpoint, ServerOptions options)
    {
        var limit = (long)(options.Limits.IngestionBodyLimitMb * 1024 * 1024);
        routes.MapRpcBytes<PushResponse>(Path, endpoint.PushAsync, RpcOptions.Default with
        {
            BodyBytesMax = limit > 0 ? limit : int.MaxValue,
            BodyLimitSetting = "limits.ingestion_body_limit_mb",
        }).RequireAccess(Access.Write);
    }

    private async ValueTask<PushResponse> PushAsync(RpcContext call, RpcBody body, CancellationToken cancellation)
    {
        var tenant = TenantId.ForWrite(call.HttpContext, options.MultitenancyEnabled);
        var done = new List<Task>();
        var errors = new List<(IngestException Error, string Message)>();
        if (!(body.IsJson ? PushBatch.TryReadJson(body.Bytes, out var batch, out var error) : PushBatch.TryRead(body.Bytes, out batch, out error)))
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, body.Bytes.Length);
            throw new RpcException(RpcCode.InvalidArgument, error!.ToString());
        }
        using (batch)
        {
            if (batch.Series.Length == 0) throw new RpcException(RpcCode.InvalidArgument, "no profiles received");
            CheckSize(tenant, body);
            var limit = BodyLimitOf(tenant);
            var bytesLeft = limit;
            for (var i = 0; i < batch.Series.Length; i++) TakeSeries(tenant, batch, i, done, errors, ref bytesLeft, limit);
        }
        // The request's bytes are not needed while the disk is waited for.
        body.Dispose();
        await WaitAsync(done);
        if (errors.Count > 0) throw new RpcException(errors[0].Error.Code, Describe(errors));
        return new PushResponse();
    }

    /// <summary>The limit of this tenant; the route knows only that of tenants without their own.</summary>
    private void CheckSize(string tenant, RpcBody body)
    {
        var limit = BodyLimitOf(tenant);
        if (body.Bytes.Length <= limit) return;
        metrics.Discarded(DiscardReason.BodySizeLimitExceeded, tenant, 1, body.Bytes.Length);
        throw new RpcException(RpcCode.InvalidArgument,
            $"The request body has {body.Bytes.Length} bytes; the limit is {limit} (setting ingestion_body_limit_mb).");
    }

    private long BodyLimitOf(string tenant)
    {
        var limit = (long)(distributor.LimitsOf(tenant).IngestionBodyLimitMb * 1024 * 1024);
        return limit > 0 ? limit : long.MaxValue;
    }

    private static string Describe(List<(IngestException Error, string Message)> errors)
    {
        var named = string.Join("; ", errors.Take(FailuresNamedMax).Select(e => RpcResponseWriter.Shorten(e.Message)));
        return errors.Count <= FailuresNamedMax ? named : $"{errors.Count} profiles failed, the first with: {named}";
    }

    private void TakeSeries(
        string tenant, PushBatch batch, int index, List<Task> done, List<(IngestException Error, string Message)> errors, ref long bytesLeft, long limit)
    {
        var series = batch.Series[index];
        LabelSet labels;
        try
        {
            labels = ReadLabels(batch, series);
        }
        catch (IngestException e)
        {
            metrics.Discarded(e.Reason, tenant, Math.Max(1, series.SampleCount), 0);
            errors.Add((e, $"push series with index {index} failed: {e.Message}"));
            return;
        }
        foreach (var sample in batch.Samples(series))
        {
            try
            {
                if (bytesLeft < 0)
                {
                    metrics.Discarded(DiscardReason.BodySizeLimitExceeded, tenant, 1, batch.Bytes[sample].Length);
                    throw IngestException.Invalid(DiscardReason.BodySizeLimitExceeded,
                        $"uncompressed batched profile payload size exceeds limit of {Profiles.ByteSize.Format(limit)} (setting ingestion_body_limit_mb)");
                }
                done.Add(distributor.TakePprof(tenant, labels, batch.Bytes[sample].Span, ref bytesLeft));
            }
            catch (IngestException e)
            {
                errors.Add((e, $"push series with index {index} failed: {e.Message}"));
            }
        }
    }

    private static LabelSet ReadLabels(PushBatch batch, PushSeries series)
    {
        var labels = new List<Label>(series.LabelCount);
        foreach (var label in batch.Labels(series))
            labels.Add(new Label(Encoding.UTF8.GetString(batch.Bytes[label.Name].Span), Encoding.UTF8.GetString(batch.Bytes[label.Value].Span)));
        if (labels.Count == 0) throw IngestException.Invalid(DiscardReason.MissingLabels, "error at least one label pair is required per profile");
        var set = LabelSet.Of(labels);
        if (set.Count == labels.Count) return set;
        var twice = labels.GroupBy(l => l.Name, StringComparer.Ordinal).First(g => g.Count() > 1).Key;
        throw IngestException.Invalid(DiscardReason.DuplicateLabelNames, $"profile with labels '{set}' has duplicate label name: '{twice}'");
    }

    /// <summary>Every profile's fate is waited for, so that a client is never told of one failure while others are still open.</summary>
    private static async Task WaitAsync(List<Task> done)
    {
        try
        {
            await Task.WhenAll(done);
        }
        catch (IOException e)
        {
            throw new RpcException(RpcCode.Unavailable, e.Message, e);
        }
    }
}
