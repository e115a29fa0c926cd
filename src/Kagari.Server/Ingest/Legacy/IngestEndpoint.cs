using System.Text.Json;
using Kagari.Profiles;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Ingest.Validation;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Ingest.Legacy;

/// <summary><c>POST /ingest</c>: what most SDKs send.</summary>
/// <remarks>
/// Statuses are those that clients of the peer know: 400 for the name, 413 and 408 for the body, 422 for a pprof that is
/// not taken, 429 for limits; text forms answer 422 for a malformed body and the status of the code for what comes after.
/// </remarks>
internal sealed class IngestEndpoint(Distributor distributor, ServerOptions options, ServerMetrics metrics, TimeProvider time)
{
    private readonly IngestJfr _jfr = new(distributor, metrics);

    public static void Map(IEndpointRouteBuilder routes, IngestEndpoint endpoint)
    {
        foreach (var path in new[] { "/ingest", "/pyroscope/ingest" }) routes.MapPost(path, endpoint.HandleAsync).RequireAccess(Access.Write);
    }

    private async Task HandleAsync(HttpContext http)
    {
        try
        {
            var tenant = TenantId.ForWrite(http, options.MultitenancyEnabled);
            var request = ReadParameters(http);
            var limit = (long)(distributor.LimitsOf(tenant).IngestionBodyLimitMb * 1024 * 1024);
            using var body = await IngestBody.ReadAsync(http.Request, limit, http.RequestAborted);
            // A profile that another one of the same push already covers: taken, and dropped.
            if (!request.Name.Labels.Any(l => l.Name == LabelNames.ProfileId)) await TakeAsync(http, tenant, request, body.Bytes);
        }
        catch (IngestFailure e)
        {
            await HttpErrors.WriteAsync(http, e.Status, e.Message, e.Code);
        }
        catch (RpcException e)
        {
            await HttpErrors.WriteAsync(http, e.Code.HttpStatus(), e.Message, e.Code);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 499;
        }
        catch (IOException e)
        {
            await HttpErrors.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private IngestRequest ReadParameters(HttpContext http)
    {
        try
        {
            return IngestRequest.Of(http.Request, time.GetUtcNow());
        }
        catch (FormatException e)
        {
            throw new IngestFailure(StatusCodes.Status400BadRequest, $"name: {e.Message}");
        }
    }

    private async Task TakeAsync(HttpContext http, string tenant, IngestRequest request, ReadOnlyMemory<byte> body)
    {
        Task done;
        var isText = request.Format is IngestFormat.Groups or IngestFormat.Lines or IngestFormat.Tree or IngestFormat.Trie;
        try
        {
            done = request.Format switch
            {
                IngestFormat.Pprof => TakePprof(tenant, request, body, default),
                IngestFormat.PprofForm => await TakeFormAsync(http, tenant, request, body),
                IngestFormat.Speedscope => TakeSpeedscope(tenant, request, body),
                IngestFormat.Jfr => await _jfr.TakeAsync(http, tenant, request, body),
                _ => TakeText(tenant, request, body.Span),
            };
        }
        catch (IngestException e) when (e.Reason == DiscardReason.StorageFull)
        {
            throw new IngestFailure(StatusCodes.Status507InsufficientStorage, e.Message, e.Code);
        }
        catch (IngestException e) when (e.Code == RpcCode.ResourceExhausted)
        {
            throw new IngestFailure(StatusCodes.Status429TooManyRequests, e.Message);
        }
        catch (IngestException e)
        {
            throw isText ? new IngestFailure(e.Code.HttpStatus(), e.Message, e.Code) : new IngestFailure(StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        await done;
    }

    private async Task<Task> TakeFormAsync(HttpContext http, string tenant, IngestRequest request, ReadOnlyMemory<byte> body)
    {
        IngestForm form;
        try
        {
            using var stream = new MemoryView(body);
            form = await IngestForm.ReadAsync(http.Request.ContentType!, stream, http.RequestAborted);
        }
        catch (InvalidDataException e)
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, body.Length);
            throw new IngestFailure(StatusCodes.Status422UnprocessableEntity, e.Message);
        }
        if (form["prev_profile"].Length > 0)
            throw new IngestFailure(StatusCodes.Status422UnprocessableEntity, "unsupported client version. Please update github.com/grafana/pyroscope-go to the latest version");
        // A client with nothing to report sends an empty part.
        return form["profile"].IsEmpty ? Task.CompletedTask : TakePprof(tenant, request, form["profile"], form["sample_type_config"]);
    }

    private Task TakePprof(string tenant, IngestRequest request, ReadOnlyMemory<byte> pprof, ReadOnlyMemory<byte> typeConfig)
    {
        SampleTypeConfig config;
        try
        {
            config = SampleTypeConfig.Parse(typeConfig);
        }
        catch (JsonException e)
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, pprof.Length);
            throw IngestException.Invalid(DiscardReason.MalformedProfile, $"sample_type_config: {e.Message}");
        }
        var isDotnet = request.Spy == "dotnetspy" || (request.Spy == "unknown" && config.Has("inuse-space"));
        return distributor.TakePprof(tenant, LabelSet.Empty, pprof.Span, Prepare, repairFunctionIds: isDotnet);

        LabelSet Prepare(FlatProfile profile, LabelSet labels)
        {
            // Clients that write seconds, or nothing, into the nanoseconds land in 1970.
            const long NanosOf1971 = 365L * 86_400 * 1_000_000_000;
            if (profile.TimeNanos is >= 0 and < NanosOf1971) profile.TimeNanos = request.FromNanos;
            if (isDotnet) SpyFixes.RenameDotnetTypes(profile);
            SpyFixes.JoinFileNames(profile, request.Spy, distributor.LimitsOf(tenant).MaxProfileSizeBytes);
            var types = new List<string>();
            foreach (var type in profile.SampleTypes.Span) types.Add(profile.GetString(type.Type));
            return request.ToLabels(config.FamilyOf(types), request.Name.Service, appNameLabel: null);
        }
    }

    private Task TakeSpeedscope(string tenant, IngestRequest request, ReadOnlyMemory<byte> body)
    {
        var limits = distributor.LimitsOf(tenant);
        using var lease = distributor.Scratches.Rent();
        var scratch = lease.Scratch;
        var json = Gunzip.IsGzip(body.Span) ? Decompressed(tenant, request, body.Span, scratch, limits) : body;
        if (SpeedscopeUpload.TryTake(distributor, tenant, request, json, body.Length, scratch, limits, out var done, out var error)) return done;
        var refused = ProfileValidator.ToException(error, request.Name.Service, limits);
        metrics.Discarded(refused.Reason, tenant, 1, body.Length);
        throw refused;
    }

    private Task TakeText(string tenant, IngestRequest request, ReadOnlySpan<byte> body)
    {
        var limits = distributor.LimitsOf(tenant);
        using var lease = distributor.Scratches.Rent();
        var scratch = lease.Scratch;
        var text = Gunzip.IsGzip(body) ? Decompressed(tenant, request, body, scratch, limits).Span : body;
        var profile = scratch.Profile;
        var decode = limits.ToDecodeLimits();
        ProfileError error;
        var read = request.Format switch
        {
            IngestFormat.Lines => LinesReader.TryRead(text, profile, decode, out error),
            IngestFormat.Tree => TreeReader.TryRead(text, profile, decode, out error),
            IngestFormat.Trie => TrieReader.TryRead(text, profile, decode, out error),
            _ => FoldedReader.TryRead(text, profile, decode, out error),
        };
        if (!read)
        {
            var refused = ProfileValidator.ToException(error, request.Name.Service, limits);
            metrics.Discarded(refused.Reason, tenant, 1, body.Length);
            throw new IngestFailure(StatusCodes.Status422UnprocessableEntity, refused.Message);
        }
        if (!TextProfileType.TrySplit(request.Name.Service, out var service, out var type))
        {
            metrics.Discarded(DiscardReason.MalformedProfile, tenant, 1, body.Length);
            throw IngestException.Invalid(DiscardReason.MalformedProfile,
                $"unknown profile type: {request.Name.Service[(request.Name.Service.LastIndexOf('.') + 1)..]} (the last dotted part of the name is the type, as in 'my.service.cpu')");
        }
        if (profile.Samples.Count == 0) return Task.CompletedTask;
        try
        {
            type.ApplyTo(profile, request.SampleRate);
        }
        catch (IngestException e)
        {
            metrics.Discarded(e.Reason, tenant, 1, body.Length);
            throw;
        }
        profile.TimeNanos = request.FromNanos;
        profile.DurationNanos = Math.Max(0, request.UntilNanos - request.FromNanos);
        return distributor.Take(tenant, request.ToLabels(type.Family, service, appNameLabel: "app_name"), scratch, text.Length, body.Length, XxHash64.Mix(XxHash64.Of(text), XxHash64.Mix((ulong)request.UntilNanos, ((ulong)(uint)request.SampleRate << 8) | (uint)request.Format)), limits);
    }

    /// <summary>Relays lose the header that says a body is compressed, so the bytes are asked.</summary>
    private ReadOnlyMemory<byte> Decompressed(string tenant, IngestRequest request, ReadOnlySpan<byte> body, IngestScratch scratch, TenantLimits limits)
    {
        scratch.Text.Clear();
        if (scratch.Gunzip.TryDecompress(body, ref scratch.Text, limits.MaxProfileSizeBytes, out var error)) return scratch.Text.Memory;
        var refused = ProfileValidator.ToException(error, request.Name.Service, limits);
        metrics.Discarded(refused.Reason, tenant, 1, body.Length);
        throw new IngestFailure(StatusCodes.Status422UnprocessableEntity, refused.Message);
    }
}

/// <summary>Ends an <c>/ingest</c> request with a status.</summary>
internal sealed class IngestFailure(int status, string message, RpcCode? code = null) : Exception(message)
{
    public int Status { get; } = status;

    public RpcCode? Code { get; } = code;
}
