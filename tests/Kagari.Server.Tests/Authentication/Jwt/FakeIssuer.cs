using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>An identity provider on loopback: publishes keys, signs tokens, and misbehaves where a test asks for it.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly List<SigningKey> _keys = [];

    private FakeIssuer(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>How often the keys were asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>What discovery says in place of the truth.</summary>
    public string? OtherIssuer { get; set; }

    public bool IsDown { get; set; }

    /// <summary>What stands where the keys should.</summary>
    public string? OtherKeys { get; set; }

    public static async Task<FakeIssuer> StartAsync(params SigningKey[] keys)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new FakeIssuer(app);
        issuer._keys.AddRange(keys);
        app.Run(issuer.AnswerAsync);
        await app.StartAsync();
        return issuer;
    }

    /// <summary>Publishes other keys.</summary>
    public void Rotate(params SigningKey[] keys)
    {
        lock (_keys)
        {
            _keys.Clear();
            _keys.AddRange(keys);
        }
    }

    public static string KeySet(params IEnumerable<SigningKey> keys) => $$"""{"keys":[{{string.Join(',', keys.Select(k => k.PublicJson))}}]}""";

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private Task AnswerAsync(HttpContext http)
    {
        if (IsDown)
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        }
        if (http.Request.Path == "/.well-known/openid-configuration")
            return http.Response.WriteAsync(JsonSerializer.Serialize(new { issuer = OtherIssuer ?? Url, jwks_uri = $"{Url}/keys" }));
        Asked++;
        lock (_keys) return http.Response.WriteAsync(OtherKeys ?? KeySet(_keys));
    }
}
