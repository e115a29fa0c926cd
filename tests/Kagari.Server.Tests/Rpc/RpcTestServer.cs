using System.Buffers;
using System.Net;
using System.Threading.Channels;
using Kagari.Server.Hosting;
using Kagari.Server.Rpc;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Tests.Rpc;

/// <summary>The RPC host on a real Kestrel of loopback, with calls that echo, fail, wait and grow.</summary>
internal sealed class RpcTestServer : IAsyncDisposable
{
    public const string LabelNames = "/querier.v1.QuerierService/LabelNames";
    public const string Stacktraces = "/querier.v1.QuerierService/SelectMergeStacktraces";
    public const string Bytes = "/kagari.test.Bytes/Echo";
    public const long BodyBytesMax = 100_000;

    private readonly WebApplication _app;

    private RpcTestServer(WebApplication app, RecordingLogger log)
    {
        _app = app;
        Log = log;
        Url = new Uri(app.Urls.Single());
        Http1 = Client(HttpVersion.Version11);
        Http2 = Client(HttpVersion.Version20);
    }

    public Uri Url { get; }

    public RecordingLogger Log { get; }

    public HttpClient Http1 { get; }

    /// <summary>Speaks HTTP/2 from the first byte, without asking.</summary>
    public HttpClient Http2 { get; }

    /// <summary>Calls that have ended, in that order.</summary>
    public Channel<RpcContext> Calls { get; } = Channel.CreateUnbounded<RpcContext>();

    /// <summary>Completed when a call with the matcher <c>wait</c> has begun.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completed when the token of that call fired.</summary>
    public TaskCompletionSource Canceled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static async Task<RpcTestServer> StartAsync(TimeProvider? time = null)
    {
        var log = new RecordingLogger();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        if (time is not null) builder.Services.AddSingleton(time);
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.UseHttp2Sniffing()));
        var app = builder.Build();
        RpcTestServer? server = null;
        app.UseMiddleware<AcceptHeaderMiddleware>();
        app.Use((http, next) =>
        {
            http.Response.OnCompleted(() =>
            {
                if (http.Features.Get<RpcContext>() is { } call) server!.Calls.Writer.TryWrite(call);
                return Task.CompletedTask;
            });
            return next(http);
        });
        var options = new RpcOptions { BodyBytesMax = BodyBytesMax, BodyLimitSetting = "test_body_max" };
        app.MapRpc<LabelNamesRequest, LabelNamesResponse>(LabelNames, (call, request, cancel) => server!.OnLabelNamesAsync(call, request, cancel), options);
        app.MapRpc<SelectMergeStacktracesRequest, SelectMergeStacktracesResponse>(Stacktraces, (_, request, _) =>
        {
            var levels = new Level();
            for (var i = 0L; i < request.MaxNodes; i++) levels.Values.Add(i * 1_000_003);
            return ValueTask.FromResult(new SelectMergeStacktracesResponse
            {
                Flamegraph = new FlameGraph { Names = { "total", request.ProfileTypeID }, Levels = { levels }, Total = request.End },
            });
        }, options);
        app.MapRpcBytes(Bytes, async (_, body, _) =>
        {
            await Task.Yield();
            return new EchoMessage(body.Bytes.ToArray(), body.IsJson);
        }, options);
        app.MapGet("/plain", (HttpContext http) => HttpErrors.WriteAsync(http, int.Parse(http.Request.Query["status"]!), "no \"such\" <thing>"));
        app.MapGet("/utf8", (HttpContext http) => AcceptHeaderMiddleware.AllowsUtf8LabelNames(http) ? "yes" : "no");
        app.MapGet("/about", (HttpContext http) => $"{http.Request.Protocol} {http.Request.Scheme}");
        await app.StartAsync();
        return server = new RpcTestServer(app, log);
    }

    public HttpClient Client(Version version) => new(new VersionHandler(version))
    {
        BaseAddress = Url,
        DefaultRequestVersion = version,
        Timeout = TimeSpan.FromMinutes(1),
    };

    public async ValueTask DisposeAsync()
    {
        Http1.Dispose();
        Http2.Dispose();
        await _app.DisposeAsync();
    }

    /// <summary>Echoes matchers as names; a first matcher may be an order to fail, wait or look around.</summary>
    private async ValueTask<LabelNamesResponse> OnLabelNamesAsync(RpcContext call, LabelNamesRequest request, CancellationToken cancel)
    {
        var order = request.Matchers.FirstOrDefault()?.Split(':', 3) ?? [];
        switch (order.FirstOrDefault())
        {
            case "fail":
                throw new RpcException(Enum.Parse<RpcCode>(order[1]), order[2]);
            case "throw":
                throw new InvalidOperationException("secret path /var/lib");
            case "header":
                call.HttpContext.Response.Headers[order[1]] = order[2];
                break;
            case "wait":
                Waiting.TrySetResult();
                try
                {
                    await Task.Delay(Timeout.Infinite, cancel);
                }
                finally
                {
                    Canceled.TrySetResult();
                }
                break;
            case "about":
                return new LabelNamesResponse { Names = { call.Protocol.ToString(), call.IsJson ? "json" : "proto", call.HttpContext.Request.Protocol, call.HttpContext.Request.Scheme } };
        }
        return new LabelNamesResponse { Names = { request.Matchers, $"{request.Start}-{request.End}" } };
    }

    /// <summary>HttpClient applies its default version only to requests that it makes itself.</summary>
    private sealed class VersionHandler(Version version) : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Version = version;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionExact;
            return base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Writes back the very bytes of the request.</summary>
    private sealed class EchoMessage(byte[] bytes, bool isJson) : IRpcFastMessage
    {
        public void WriteProto(IBufferWriter<byte> output) => Write(output, isJson ? [] : bytes);

        public void WriteJson(IBufferWriter<byte> output) => Write(output, isJson ? bytes : []);

        private static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
        {
            bytes.CopyTo(output.GetSpan(bytes.Length));
            output.Advance(bytes.Length);
        }
    }
}
