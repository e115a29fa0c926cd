using System.Buffers;
using Kagari.Query;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Querying;
using Kagari.Server.Rpc;
using Kagari.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Export;

/// <summary><c>GET /api/v1/export</c>: all samples of a selection, for databases and notebooks.</summary>
internal sealed class ExportEndpoint(QueryEngine engine, QueryScopes scopes)
{
    /// <summary>What is written before the client is waited for.</summary>
    private const int FlushBytes = 256 << 10;

    /// <summary>Exports at once; each has a thread.</summary>
    private const int ExportsMax = 32;

    private readonly SemaphoreSlim _running = new(ExportsMax, ExportsMax);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/export", http => RenderEndpoints.RunAsync(http, GetAsync)).RequireAccess(Access.Read);

    private async Task GetAsync(HttpContext http)
    {
        if (!await _running.WaitAsync(0, http.RequestAborted))
            throw new RpcException(RpcCode.ResourceExhausted, $"{ExportsMax} exports are running; try again when one has ended");
        try
        {
            // A slow client holds the thread that scans: one of its own, so that all other requests have theirs.
            await Task.Factory.StartNew(() => ExportAsync(http).GetAwaiter().GetResult(), http.RequestAborted, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _running.Release();
        }
    }

    private async Task ExportAsync(HttpContext http)
    {
        var scope = scopes.Of(http);
        var parameters = http.Request.Query;
        var (type, selector) = RenderQuery.ParseAnyType(parameters["query"], "query");
        var format = FormatOf(parameters["format"].ToString());
        var window = RenderEndpoints.Window(scope, parameters.ContainsKey("from") ? parameters["from"] : "now-1h", parameters.ContainsKey("until") ? parameters["until"] : "now");
        http.Response.ContentType = ContentType(format);
        var output = new ArrayBufferWriter<byte>(FlushBytes + (16 << 10));
        var query = scope.Query(window, selector);
        var writer = Begin(output, format);
        try
        {
            if (!window.IsEmpty) await RunAsync(type is { } one ? query.OfType(one) : query);
            writer.Finish();
        }
        catch (Exception e) when (http.Response.HasStarted && (e is ObjectNotFoundException or QueryTooLargeException or IOException))
        {
            // A cut connection says that samples are missing; an end without a word would say that these are all.
            http.Abort();
            return;
        }
        finally
        {
            writer.Dispose();
        }
        await http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted);

        async Task RunAsync(SeriesQuery wanted)
        {
            const int AttemptsMax = 5;
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await engine.ExportAsync(wanted, Write, http.RequestAborted);
                    return;
                }
                catch (ObjectNotFoundException) when (!http.Response.HasStarted && attempt < AttemptsMax)
                {
                    // Compaction replaced what was planned, and nothing is out yet: start over.
                    output.ResetWrittenCount();
                    writer.Dispose();
                    writer = Begin(output, format);
                }
            }
        }

        void Write(in ExportedSample sample)
        {
            writer.Write(sample);
            // Scans hand samples out one by one and cannot be left in between: a slow client holds a thread, and no memory.
            if (output.WrittenCount < FlushBytes) return;
            http.Response.Body.WriteAsync(output.WrittenMemory, http.RequestAborted).AsTask().GetAwaiter().GetResult();
            output.ResetWrittenCount();
        }
    }

    private static ExportFormat FormatOf(string format) => format switch
    {
        "" or "ndjson" => ExportFormat.Ndjson,
        "csv" => ExportFormat.Csv,
        "parquet" => ExportFormat.Parquet,
        _ => throw new RpcException(RpcCode.InvalidArgument, $"\"format\" is '{format}'; expected ndjson, csv or parquet"),
    };

    private static string ContentType(ExportFormat format) => format switch
    {
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Parquet => "application/vnd.apache.parquet",
        _ => "application/x-ndjson",
    };

    private static ISampleWriter Begin(IBufferWriter<byte> output, ExportFormat format) =>
        format == ExportFormat.Parquet ? new ParquetSampleWriter(output) : new LineWriter(output, format);
}
