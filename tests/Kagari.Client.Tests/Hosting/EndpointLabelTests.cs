using System.Diagnostics;
using Kagari.Client.Hosting;
using Kagari.Client.Tests.Routes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Kagari.Client.Tests;

/// <summary>Real servers on loopback: each answers with the labels that its handler has.</summary>
[Collection(nameof(RecordingTests))]
public sealed class EndpointLabelTests : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> _owned = [];

    public EndpointLabelTests() => ThreadLabels.IsRecording = true;

    public async ValueTask DisposeAsync()
    {
        ThreadLabels.IsRecording = false;
        foreach (var owned in _owned) await owned.DisposeAsync();
    }

    [Fact]
    public async Task MinimalApi_Filter_LabelsWithThePatternNotThePath()
    {
        var client = await StartAsync(app =>
        {
            app.MapGet("/car/{id}", () => Seen.Here());
            app.MapGroup("/shop").MapGet("order/{number:int}", async () =>
            {
                await Task.Yield();
                return Seen.Here();
            });
        });
        (await client.GetStringAsync("/car/17")).ShouldBe("endpoint=/car/{id}");
        (await client.GetStringAsync("/shop/order/3")).ShouldBe("endpoint=/shop/order/{number:int}");
    }

    [Fact]
    public async Task MinimalApi_NoEndpoint_HasNoLabelAlsoAfterARequestThatHadOne()
    {
        var client = await StartAsync(app =>
        {
            app.MapGet("/car", () => Seen.Here());
            app.Use(next => context => context.Request.Path == "/raw" ? context.Response.WriteAsync("raw:" + Seen.Here()) : next(context));
        });
        // One connection is used again and again: what one request had must not stay on it.
        for (var n = 0; n < 5; n++)
        {
            (await client.GetStringAsync("/car")).ShouldBe("endpoint=/car");
            (await client.GetStringAsync("/raw")).ShouldBe("raw:");
        }
    }

    [Fact]
    public async Task ExplicitRouting_Filter_LabelsFromRoutingOn()
    {
        var before = "";
        // As applications with a Startup class are built.
        var host = new HostBuilder().ConfigureWebHost(web => web.UseKestrel().UseUrls("http://127.0.0.1:0")
            .ConfigureServices(services => services.AddRouting().AddTransient<IStartupFilter, EndpointLabelStartupFilter>())
            .Configure(app =>
            {
                app.Use(next => context =>
                {
                    before = "before:" + Seen.Here();
                    return next(context);
                });
                app.UseRouting();
                app.Use(next => async context =>
                {
                    await context.Response.WriteAsync("between:" + Seen.Here() + " ");
                    await next(context);
                });
                app.UseEndpoints(endpoints => endpoints.MapGet("/car/{id}", context => context.Response.WriteAsync(Seen.Here())));
            })).Build();
        _owned.Add((IAsyncDisposable)host);
        await host.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        (await client.GetStringAsync("/car/1")).ShouldBe("between:endpoint=/car/{id} endpoint=/car/{id}");
        before.ShouldBe("before:");
    }

    [Fact]
    public async Task Controllers_Filter_LabelsWithTheTemplate()
    {
        var client = await StartAsync(app => app.MapControllers(), services => services.AddControllers().AddApplicationPart(typeof(RideController).Assembly));
        (await client.GetStringAsync("/ride/17")).ShouldBe("endpoint=/ride/{id}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseKagariEndpointLabel_BeforeOrAfterRouting_Labels(bool first)
    {
        var client = await StartAsync(app =>
        {
            if (first) app.UseKagariEndpointLabel();
            app.UseRouting();
            if (!first) app.UseKagariEndpointLabel();
            app.MapGet("/car/{id}", () => Seen.Here());
        }, filter: false);
        (await client.GetStringAsync("/car/1")).ShouldBe("endpoint=/car/{id}");
    }

    [Fact]
    public async Task UseKagariEndpointLabel_WithTheFilter_CountsOnce()
    {
        var client = await StartAsync(app =>
        {
            app.UseKagariEndpointLabel();
            app.MapGet("/car/{id}", () => Seen.Here());
        });
        (await client.GetStringAsync("/car/1")).ShouldBe("endpoint=/car/{id}");
    }

    [Fact]
    public async Task WithoutFilter_NothingIsLabelled()
    {
        var client = await StartAsync(app => app.MapGet("/car/{id}", () => Seen.Here()), filter: false);
        (await client.GetStringAsync("/car/1")).ShouldBe("");
    }

    [Fact]
    public async Task NothingProfiled_RequestsPassBy()
    {
        ThreadLabels.IsRecording = false;
        var client = await StartAsync(app => app.MapGet("/car/{id}", (HttpContext context) => $"{Seen.Here()}{context.GetEndpoint()!.DisplayName}"));
        (await client.GetStringAsync("/car/1")).ShouldNotContain("endpoint=");
    }

    [Fact]
    public async Task ExceptionHandler_RunsAnotherEndpoint_HasItsLabel()
    {
        var client = await StartAsync(app =>
        {
            app.UseExceptionHandler("/failed");
            app.MapGet("/car/{id}", (HttpContext _) => throw new InvalidOperationException("on purpose"));
            app.MapGet("/failed", () => Seen.Here());
        });
        var response = await client.GetAsync("/car/1");
        (await response.Content.ReadAsStringAsync()).ShouldBe("endpoint=/failed");
    }

    [Fact]
    public async Task Handler_Scope_AddsToTheEndpoint()
    {
        var client = await StartAsync(app => app.MapGet("/car/{id}", async (string id) =>
        {
            using (Labels.Scope(("plan", id)))
            {
                await Task.Yield();
                return Seen.Here();
            }
        }));
        (await client.GetStringAsync("/car/gold")).ShouldBe("endpoint=/car/{id},plan=gold");
    }

    [Fact]
    public async Task ManyRequestsAtOnce_EachHasItsOwn()
    {
        var client = await StartAsync(app =>
        {
            foreach (var n in Enumerable.Range(0, 8))
                app.MapGet($"/r{n}/{{id}}", async () =>
                {
                    await Task.Yield();
                    return Seen.Here();
                });
        });
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async n => (await client.GetStringAsync($"/r{n % 8}/{n}")).ShouldBe($"endpoint=/r{n % 8}/{{id}}")));
    }

    [Fact]
    public async Task Request_WithALogger_HasASpanNamedAsTracersNameIt()
    {
        // No tracing library: ASP.NET Core makes an activity as soon as someone logs.
        using var spans = SpanListener.Start();
        SpanLabels? span = null;
        var client = await StartAsync(app => app.MapGet("/car/{id}", async () =>
        {
            await Task.Yield();
            span = CurrentLabels.Value?.Span;
            return Seen.Here();
        }), services => services.AddLogging(logging => logging.AddProvider(new SilentLogging())));
        (await client.GetStringAsync("/car/1")).ShouldBe("endpoint=/car/{id},span:GET /car/{id}");
        span!.SpanName.ShouldBe("GET /car/{id}");
        // The client has the answer a moment before the server ends the span.
        SpinWait.SpinUntil(() => span.IsOver(Stopwatch.GetTimestamp()), TimeSpan.FromSeconds(30)).ShouldBeTrue();
        span.SpanName.ShouldBe("GET /car/{id}");
        (await client.GetStringAsync("/car/2")).ShouldBe("endpoint=/car/{id},span:GET /car/{id}");
    }

    private sealed class SilentLogging : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
        }

        public void Dispose()
        {
        }
    }

    private async Task<HttpClient> StartAsync(Action<WebApplication> build, Action<IServiceCollection>? services = null, bool filter = true)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting(options => options.SetParameterPolicy<Microsoft.AspNetCore.Routing.Constraints.RegexInlineRouteConstraint>("regex"));
        if (filter) builder.Services.AddTransient<IStartupFilter, EndpointLabelStartupFilter>();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        _owned.Add(app);
        build(app);
        await app.StartAsync();
        return new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }
}
