using System.Net;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.AdHoc;
using Kagari.Server.Admin;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Debuginfo;
using Kagari.Server.Export;
using Kagari.Server.Functions;
using Kagari.Server.Ingest;
using Kagari.Server.Ingest.Legacy;
using Kagari.Server.Ingest.Otlp;
using Kagari.Server.Ingest.Pushing;
using Kagari.Server.Limits;
using Kagari.Server.Metrics;
using Kagari.Server.Objects;
using Kagari.Server.Profefe;
using Kagari.Server.Querying;
using Kagari.Server.RecordingRules;
using Kagari.Server.Retention;
using Kagari.Server.Rpc;
using Kagari.Server.Settings;
using Kagari.Server.Snapshots;
using Kagari.Server.Status;
using Kagari.Server.Ui;
using Kagari.Server.Vcs;
using Kagari.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Hosting;

/// <summary>A running server: storage, all roles, all routes, one port.</summary>
public sealed class KagariServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Distributor _distributor;
    private readonly EmbeddedStorage _storage;
    private readonly RecordingRulesHosting _rules;
    private readonly Readiness _readiness;

    private KagariServer(WebApplication app, Distributor distributor, EmbeddedStorage storage, RecordingRulesHosting rules, Readiness readiness, ServerMetrics metrics)
    {
        _app = app;
        _distributor = distributor;
        _storage = storage;
        _rules = rules;
        _readiness = readiness;
        Metrics = metrics;
    }

    /// <summary>The version of this server.</summary>
    public static string Version => BuildInfo.Version;

    /// <summary>Where it listens, as <c>http://127.0.0.1:4040</c>.</summary>
    public Uri Url => new(_app.Urls.First().Replace("//[::]:", "//127.0.0.1:").Replace("//0.0.0.0:", "//127.0.0.1:"));

    internal ServerMetrics Metrics { get; }

    internal IReadOnlyList<Endpoint> Endpoints => _app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    /// <summary>Opens the storage, recovers what a crash left, and listens.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="limits">Limits by tenant; null takes <see cref="ServerOptions.Limits"/> for all.</param>
    /// <param name="time">The clock; null takes the system's.</param>
    /// <param name="cancellation">Ends the start.</param>
    /// <exception cref="IOException">The storage is in use or damaged beyond recovery, or the port is taken.</exception>
    public static async Task<KagariServer> StartAsync(
        ServerOptions options, ILimitsProvider? limits = null, TimeProvider? time = null, CancellationToken cancellation = default)
    {
        time ??= TimeProvider.System;
        limits ??= new StaticLimits(options.Limits);
        RecordingRulesHosting.Check(options);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "kagari" });
        ConfigureLogging(builder, options);
        ConfigureKestrel(builder, options);
        builder.Services.AddSingleton(time);
        builder.Services.AddRoutingCore();
        builder.Services.AddKagariAuthentication(options, time);
        var app = builder.Build();
        app.OpenKagariAuthentication(options);

        var metrics = new ServerMetrics(BuildInfo.Version, time);
        var storage = await EmbeddedStorage.OpenAsync(options, limits, metrics, time, app.Services.GetRequiredService<ILogger<EmbeddedStorage>>(), cancellation);
        var readiness = new Readiness();
        var files = new DebugFiles(storage.Objects);
        var debuginfod = options.Debuginfod.Url.Length == 0 ? null
            : new DebuginfodClient(files, options.Debuginfod, time, app.Services.GetRequiredService<ILogger<DebuginfodClient>>());
        if (debuginfod is not null) app.Lifetime.ApplicationStopping.Register(debuginfod.Dispose);
        var symbolizer = await Symbolizer.OpenAsync(files, debuginfod, limits, time, cancellation);
        metrics.Gauge("kagari_symbolizer_given_up_addresses", "Addresses without a name because their file asked for too much time or text, since the start.", () => symbolizer.AddressesGivenUp);
        var engine = new QueryEngine(storage.Catalogue, storage.Datasets, symbolizer);
        var rules = await RecordingRulesHosting.OpenAsync(options, limits, storage, engine, metrics, time, app.Services.GetRequiredService<ILoggerFactory>(), cancellation);
        storage.StartCompaction(rules.Observer);
        var distributor = new Distributor(storage.Ingester, limits, metrics, time);
        MapAll(app, distributor, options, limits, metrics, storage, engine, rules, files, symbolizer, readiness, time);
        app.Lifetime.ApplicationStopping.Register(() => readiness.IsReady = false);
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            await rules.DisposeAsync();
            await storage.DisposeAsync();
            await app.DisposeAsync();
            throw;
        }
        readiness.IsReady = true;
        return new KagariServer(app, distributor, storage, rules, readiness, metrics);
    }

    /// <summary>Waits until the server is told to stop.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation) => _app.WaitForShutdownAsync(cancellation);

    /// <summary>Takes a profile without a request: the server's own. Limits of the tenant hold for it too.</summary>
    /// <param name="tenant">The tenant it belongs to.</param>
    /// <param name="labels">Labels of its series, with <c>__name__</c> and <c>service_name</c>.</param>
    /// <param name="pprof">The profile, gzip or not.</param>
    /// <returns>Ends when it is durable and visible.</returns>
    /// <exception cref="InvalidOperationException">It is not taken; the message says why.</exception>
    public async Task IngestAsync(string tenant, IEnumerable<KeyValuePair<string, string>> labels, ReadOnlyMemory<byte> pprof)
    {
        try
        {
            await _distributor.TakePprof(tenant, LabelSet.Of(labels.Select(l => new Label(l.Key, l.Value))), pprof.Span);
        }
        catch (IngestException e)
        {
            throw new InvalidOperationException(e.Message, e);
        }
    }

    /// <summary>Refuses new requests, ends running ones, writes what waits, closes the storage.</summary>
    public async ValueTask DisposeAsync()
    {
        _readiness.IsReady = false;
        await _app.StopAsync();
        await _rules.DisposeAsync();
        await _storage.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static void ConfigureLogging(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        var level = options.LogLevel switch
        {
            "debug" => LogLevel.Debug,
            "warn" => LogLevel.Warning,
            "error" => LogLevel.Error,
            _ => LogLevel.Information,
        };
        builder.Logging.SetMinimumLevel(level);
        builder.Logging.AddFilter("Microsoft", level > LogLevel.Warning ? level : LogLevel.Warning);
        // Kestrel warns that HTTP/2 needs TLS, which Http2Sniffing makes untrue; the host prints stack traces of what
        // the caller reports in one line.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.Critical);
    }

    private static void ConfigureKestrel(WebApplicationBuilder builder, ServerOptions options)
    {
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;   // each route has its own limit, with its own message
            var address = options.HttpListenAddress.Length == 0 ? IPAddress.IPv6Any : ParseAddress(options.HttpListenAddress);
            foreach (var port in options.ProfefeListenPort > 0 ? new[] { options.HttpListenPort, options.ProfefeListenPort } : [options.HttpListenPort])
            {
                kestrel.Listen(address, port, listen =>
                {
                    // With TLS the protocol is chosen in its handshake; without, by the first bytes.
                    if (options.Tls.IsEnabled) listen.UseServerTls(listen.ApplicationServices.GetRequiredService<ServerTls>());
                    else listen.UseHttp2Sniffing();
                });
            }
        });
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = options.GracefulShutdownTimeout);
    }

    private static IPAddress ParseAddress(string text) => text switch
    {
        "localhost" => IPAddress.Loopback,
        _ when IPAddress.TryParse(text, out var address) => address,
        _ => throw new IOException($"server.http-listen-address '{text}' is no IP address; write one, or leave it empty for all addresses."),
    };

    private static void MapAll(
        WebApplication app, Distributor distributor, ServerOptions options, ILimitsProvider limits, ServerMetrics metrics, EmbeddedStorage storage, QueryEngine engine,
        RecordingRulesHosting rules, DebugFiles files, Symbolizer symbolizer, Readiness readiness, TimeProvider time)
    {
        var queries = new QueryLog(time);
        var scopes = new QueryScopes(options, limits, time, queries);
        var authenticator = options.Authentication.IsEnabled ? app.Services.GetRequiredService<Authenticator>() : null;

        app.UseMiddleware<RequestMetricsMiddleware>(metrics.Requests, time);
        app.UseMiddleware<AcceptHeaderMiddleware>();
        app.UseRouting();
        app.UseKagariAuthentication(options, metrics, time);
        IEndpointRouteBuilder routes = options.PathPrefix.Length > 0 ? app.MapGroup(options.PathPrefix) : app;
        PushEndpoint.Map(routes, new PushEndpoint(distributor, options, metrics), options);
        IngestEndpoint.Map(routes, new IngestEndpoint(distributor, options, metrics, time));
        OtlpEndpoint.Map(routes, new OtlpEndpoint(new OtlpIntake(distributor, metrics), options), options);
        new QuerierService(engine, scopes).Map(routes);
        new RenderEndpoints(engine, scopes).Map(routes);
        new PprofEndpoint(engine, scopes).Map(routes);
        new ExportEndpoint(engine, scopes).Map(routes);
        var uploads = new TenantDocuments(storage.Objects, "adhoc");
        new AdHocProfileService(uploads, options, limits, time).Map(routes);
        var snapshots = new SnapshotStore(new TenantDocuments(storage.Objects, "snapshots"), new TenantDocuments(storage.Objects, "snapshot-heads"));
        app.Lifetime.ApplicationStopped.Register(snapshots.Dispose);
        new SnapshotEndpoints(snapshots, storage.Ingester, options, limits, time).Map(routes);
        new SettingsService(new TenantDocuments(storage.Objects, "settings"), options, time).Map(routes);
        new RecordingRulesService(rules.Book, options, limits).Map(routes);
        new DebuginfoService(files, symbolizer, distributor, options, time).Map(routes);
        new FunctionEndpoints(engine, scopes, new AdHocFiles(uploads, limits)).Map(routes);
        MapProfefe(app, routes, options, limits, metrics, storage, engine, scopes, distributor, time);
        new DeletionEndpoint(storage.Compactor, options, scopes, time).Map(routes);
        var sources = new VcsService(options, time);
        app.Lifetime.ApplicationStopped.Register(sources.Dispose);
        sources.Map(routes);
        new ConfigurationEndpoints(options, limits).Map(routes);
        AbsentRoutes.Map(routes);
        new UiEndpoints(options, authenticator).Map(routes);
        new AdminEndpoints(options, limits, storage, metrics, queries, authenticator).Map(routes);
        new StatusEndpoints(engine, storage.Catalogue, metrics, readiness, options, time).Map(routes);
    }

    private static void MapProfefe(
        WebApplication app, IEndpointRouteBuilder routes, ServerOptions options, ILimitsProvider limits, ServerMetrics metrics,
        EmbeddedStorage storage, QueryEngine engine, QueryScopes scopes, Distributor distributor, TimeProvider time)
    {
        var originals = new ProfefeOriginals(new TenantDocuments(storage.Objects, "profefe/originals"));
        var traces = new ProfefeTraces(new TenantDocuments(storage.Objects, "profefe/traces"), new TenantDocuments(storage.Objects, "profefe/trace-index"));
        new ProfefeEndpoints(new ProfefeIntake(distributor, originals, traces, metrics, options, time), new ProfefeReader(engine, scopes, originals, traces)).Map(routes);
        var expiry = new ProfefeExpiry(originals, traces, limits, time, app.Services.GetRequiredService<ILogger<ProfefeExpiry>>());
        app.Lifetime.ApplicationStopping.Register(expiry.Dispose);
    }
}
