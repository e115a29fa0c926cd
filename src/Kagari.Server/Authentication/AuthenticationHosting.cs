using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Configuration;
using Kagari.Server.Hosting;
using Kagari.Server.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Authentication;

/// <summary>Builds authentication and TLS into the server, where the options ask for them.</summary>
internal static class AuthenticationHosting
{
    private const string Category = "Kagari.Server.Authentication";

    /// <exception cref="ConfigurationException">Settings do not go together.</exception>
    public static void AddKagariAuthentication(this IServiceCollection services, ServerOptions options, TimeProvider time)
    {
        var findings = new Findings();
        AuthenticationChecks.Check(options.Authentication, options.Tls, findings);
        findings.ThrowIfAny();
        services.AddSingleton(provider => Authenticator.Open(options.Authentication, ServerTls.Verifies(options.Tls.ClientAuthType), time, Report(provider)));
        services.AddSingleton(provider => ServerTls.Open(options.Tls, time, Report(provider)));
    }

    /// <summary>Reads the files, so that the server does not start without them.</summary>
    /// <exception cref="ConfigurationException">They cannot be read or used.</exception>
    public static void OpenKagariAuthentication(this WebApplication app, ServerOptions options)
    {
        if (options.Authentication.IsEnabled) app.Services.GetRequiredService<Authenticator>();
        if (options.Tls.IsEnabled) app.Services.GetRequiredService<ServerTls>();
    }

    public static void UseKagariAuthentication(this WebApplication app, ServerOptions options, ServerMetrics metrics, TimeProvider time)
    {
        if (options.Tls.IsEnabled)
        {
            var tls = app.Services.GetRequiredService<ServerTls>();
            metrics.Gauge("kagari_tls_certificate_expiry_timestamp_seconds", "When the certificate of the server expires.", () => tls.Expiry.ToUnixTimeSeconds());
        }
        if (!options.Authentication.IsEnabled) return;
        var log = new RefusalLog(metrics, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(Category), time);
        app.UseMiddleware<AuthenticationMiddleware>(app.Services.GetRequiredService<Authenticator>(), log, options.MultitenancyEnabled);
    }

    /// <summary>HTTP/1.1 and HTTP/2 over TLS on this endpoint.</summary>
    public static void UseServerTls(this ListenOptions listen, ServerTls tls)
    {
        listen.Protocols = HttpProtocols.Http1AndHttp2;
        listen.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(tls.ForConnection()) });
    }

    private static Action<string> Report(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(Category);
        return sentence => logger.LogWarning("{Sentence}", sentence);
    }
}
