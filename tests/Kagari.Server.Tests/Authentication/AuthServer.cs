using System.Net.Http.Headers;
using System.Text;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Authentication.Tls;
using Kagari.Server.Hosting;
using Kagari.Testing;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Tests.Authentication;

/// <summary>A whole server that asks who calls it, with a file of credentials that a test writes.</summary>
internal sealed class AuthServer : IAsyncDisposable
{
    /// <summary>Tokens of the usual file, by name.</summary>
    public const string Reader = "kgr_reader", Writer = "kgr_writer", Admin = "kgr_admin", OfB = "kgr_of_b", OfBoth = "kgr_of_both", Auditor = "kgr_auditor";

    private readonly TemporaryDirectory _directory;
    private readonly KagariServer _server;

    private AuthServer(TemporaryDirectory directory, KagariServer server, HandTime time)
    {
        (_directory, _server, Time) = (directory, server, time);
        Http = new HttpClient { BaseAddress = server.Url, Timeout = TimeSpan.FromMinutes(2) };
    }

    public static string Usual { get; } = File(
        Token("reader", Reader, "read", "a"), Token("writer", Writer, "write", "a"), Token("admin", Admin, "admin", "a"), Token("of-b", OfB, "admin", "b"),
        Token("of-both", OfBoth, "read, write", "a, b"), Token("auditor", Auditor, "read", "\"*\""));

    public HttpClient Http { get; }

    public HandTime Time { get; }

    public string Url => _server.Url.ToString().TrimEnd('/');

    public string Authority => _server.Url.Authority;

    public string Folder => _directory.Path;

    public IReadOnlyList<Endpoint> Endpoints => _server.Endpoints;

    /// <summary>A server with tenants and the usual file, or another.</summary>
    public static async Task<AuthServer> StartAsync(
        string? file = null, bool multitenancy = true, Func<AuthenticationOptions, string, AuthenticationOptions>? auth = null, Func<string, TlsOptions>? tls = null, string prefix = "")
    {
        var directory = new TemporaryDirectory();
        var path = Path.Combine(directory.Path, "auth.yaml");
        await System.IO.File.WriteAllTextAsync(path, file ?? Usual);
        var time = new HandTime();
        var options = new AuthenticationOptions { File = path };
        var server = await KagariServer.StartAsync(
            new ServerOptions
            {
                HttpListenAddress = "127.0.0.1",
                HttpListenPort = 0,
                LogLevel = "error",
                PathPrefix = prefix,
                UiBundle = Ui.FakeUi.Bundle,
                StorageDirectory = Path.Combine(directory.Path, "data"),
                MultitenancyEnabled = multitenancy,
                Authentication = auth?.Invoke(options, directory.Path) ?? options,
                Tls = tls?.Invoke(directory.Path) ?? new TlsOptions(),
            }, time: time);
        return new AuthServer(directory, server, time);
    }

    public static string Token(string name, string token, string scopes, string tenants) =>
        $"tokens|{{name: {name}, sha256: {AccessToken.Hash(token)}, scopes: [{scopes}], tenants: [{tenants}]}}";

    public static string User(string name, string password, string scopes, string tenants) =>
        $"users|{{name: {name}, password: {PasswordHash.Create(password, 1000)}, scopes: [{scopes}], tenants: [{tenants}]}}";

    public static string Certificate(string name, string subject, string scopes, string tenants) =>
        $"certificates|{{name: {name}, subject: \"{subject}\", scopes: [{scopes}], tenants: [{tenants}]}}";

    /// <summary>The text of a file with these entries.</summary>
    public static string File(params string[] entries)
    {
        var text = new StringBuilder();
        foreach (var section in entries.GroupBy(e => e.Split('|', 2)[0], StringComparer.Ordinal))
        {
            text.AppendLine($"{section.Key}:");
            foreach (var entry in section) text.AppendLine($"  - {entry.Split('|', 2)[1]}");
        }
        return text.ToString();
    }

    public static AuthenticationHeaderValue Bearer(string token) => new("Bearer", token);

    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    public double Failures(string reason) => _server.Metrics.AuthFailures(reason);

    public void Write(string text) => System.IO.File.WriteAllText(Path.Combine(Folder, "auth.yaml"), text);

    /// <summary>Asks for the labels of a tenant, which takes the scope read.</summary>
    public async Task<int> AskAsync(AuthenticationHeaderValue? who, string? tenant = "a") => (await SendAsync(Question(tenant), who)).Status;

    public static HttpRequestMessage Question(string? tenant = "a")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/pyroscope/label-values?label=service_name");
        if (tenant is not null) request.Headers.Add("X-Scope-OrgID", tenant);
        return request;
    }

    public async Task<(int Status, string Body)> SendAsync(HttpRequestMessage request, AuthenticationHeaderValue? who)
    {
        using (request)
        {
            request.Headers.Authorization = who;
            using var response = await Http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
        _directory.Dispose();
    }
}
