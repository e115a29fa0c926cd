using Google.Protobuf;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Rpc;
using Kagari.Server.Tenancy;
using Kagari.Wire.Json;
using Kagari.Wire.Otlp;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Kagari.Server.Ingest.Otlp;

/// <summary>OpenTelemetry's profiles: gRPC (<c>ProfilesService/Export</c>) and OTLP/HTTP, both on the server's port.</summary>
internal sealed class OtlpEndpoint(OtlpIntake intake, ServerOptions options)
{
    public const string GrpcPath = "/opentelemetry.proto.collector.profiles.v1development.ProfilesService/Export";
    public const string HttpPath = "/v1development/profiles";

    private const string ProtobufType = "application/x-protobuf", JsonType = "application/json";

    private const string LimitSetting = "limits.ingestion_body_limit_mb";

    public static void Map(IEndpointRouteBuilder routes, OtlpEndpoint endpoint, ServerOptions options)
    {
        var limit = (long)(options.Limits.IngestionBodyLimitMb * 1024 * 1024);
        routes.MapRpcBytes<ExportProfilesServiceResponse>(GrpcPath, endpoint.ExportAsync, RpcOptions.Default with
        {
            BodyBytesMax = limit > 0 ? limit : int.MaxValue,
            BodyLimitSetting = LimitSetting,
        }).RequireAccess(Access.Write);
        routes.MapPost(HttpPath, endpoint.HandleAsync).RequireAccess(Access.Write).WithMetadata(ErrorForm.Text);
    }

    private async ValueTask<ExportProfilesServiceResponse> ExportAsync(RpcContext call, RpcBody body, CancellationToken cancellation)
    {
        var tenant = TenantId.ForWrite(call.HttpContext, options.MultitenancyEnabled);
        // The route knows only the limit of tenants without their own.
        var limit = intake.BodyLimitOf(tenant);
        if (body.Bytes.Length > limit)
        {
            intake.Discard(tenant, DiscardReason.BodySizeLimitExceeded, body.Bytes.Length);
            throw RpcBodyReader.TooLarge("request body", body.Bytes.Length, new RpcOptions { BodyBytesMax = limit, BodyLimitSetting = LimitSetting });
        }
        return await intake.TakeAsync(tenant, body);
    }

    private async Task HandleAsync(HttpContext http)
    {
        try
        {
            var tenant = TenantId.ForWrite(http, options.MultitenancyEnabled);
            if (!TryFormat(http.Request, out var isJson, out var unsupported))
            {
                await HttpErrors.WriteTextAsync(http, StatusCodes.Status415UnsupportedMediaType, unsupported);
                return;
            }
            using var body = await ReadAsync(http, tenant, isJson);
            await WriteAsync(http, await intake.TakeAsync(tenant, body), isJson);
        }
        catch (RpcException e)
        {
            await HttpErrors.WriteTextAsync(http, e.IsTooLarge ? StatusCodes.Status413PayloadTooLarge : e.Code.HttpStatus(), e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await HttpErrors.WriteTextAsync(http, e.StatusCode, $"the request body could not be read: {e.Message}");
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            http.Response.StatusCode = 499;
        }
    }

    private async Task<RpcBody> ReadAsync(HttpContext http, string tenant, bool isJson)
    {
        try
        {
            var limits = new RpcOptions { BodyBytesMax = intake.BodyLimitOf(tenant), BodyLimitSetting = LimitSetting };
            return await RpcBodyReader.ReadAsync(new RpcContext(http, RpcProtocol.Connect, isJson), limits, http.RequestAborted);
        }
        catch (RpcException e)
        {
            intake.Discard(tenant, e.IsTooLarge ? DiscardReason.BodySizeLimitExceeded : DiscardReason.MalformedProfile, http.Request.ContentLength ?? 0);
            throw;
        }
    }

    private static bool TryFormat(HttpRequest request, out bool isJson, out string error)
    {
        var type = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType : "";
        isJson = type.Equals(JsonType, StringComparison.OrdinalIgnoreCase);
        var isProtobuf = type.Equals(ProtobufType, StringComparison.OrdinalIgnoreCase) || type.Equals("application/protobuf", StringComparison.OrdinalIgnoreCase);
        var encoding = request.Headers.ContentEncoding.ToString();
        error = !isJson && !isProtobuf ? $"Unsupported Content-Type: {request.ContentType} (supported: {ProtobufType}, {JsonType})"
            : encoding.Length > 0 && !encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
                ? $"Unsupported Content-Encoding: {encoding} (supported: gzip)"
                : "";
        return error.Length == 0;
    }

    /// <summary>JSON is answered in JSON, as OTLP asks; the peer answers protobuf to both.</summary>
    private static async Task WriteAsync(HttpContext http, ExportProfilesServiceResponse response, bool isJson)
    {
        using var body = new PooledBuffer();
        if (isJson) ProtoJson.Write(response, body);
        else response.WriteTo(body);
        http.Response.ContentType = isJson ? JsonType : ProtobufType;
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }
}
