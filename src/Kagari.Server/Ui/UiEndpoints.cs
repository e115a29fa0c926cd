using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Hosting;
using Kagari.Server.Rpc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kagari.Server.Ui;

/// <summary>The user interface: one page for all views, its assets, and what it has to know before it asks for data.</summary>
/// <remarks>None of it needs credentials, since none of it is data: the page asks for them where the server wants some.</remarks>
internal sealed class UiEndpoints
{
    /// <summary>Views, each with what it is for.</summary>
    public static IReadOnlyList<(string Path, string What)> Views { get; } =
    [
        ("/explore", "What is hot, and why."),
        ("/compare", "What changed."),
        ("/functions", "Functions of all services."),
        ("/functions/{**name}", "One function."),
        ("/labels", "Values of a label beside each other."),
        ("/upload", "A file from the reader's disk."),
        ("/s/{id}", "A snapshot."),
        ("/admin/{**page}", "What operators look at."),
    ];

    private readonly ServerOptions _options;
    private readonly Authenticator? _authenticator;
    private readonly UiBundle _bundle;
    private readonly UiShell? _shell;

    /// <param name="options">Settings.</param>
    /// <param name="authenticator">Who knows callers; null where nobody is asked.</param>
    public UiEndpoints(ServerOptions options, Authenticator? authenticator)
    {
        _options = options;
        _authenticator = authenticator;
        _bundle = options.UiBundle ?? UiBundle.Embedded;
        _shell = _bundle.Shell is { } built ? UiShell.Of(built, options.PathPrefix) : null;
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var path in Views.Select(v => v.Path).Prepend("/")) Add(path, ShellAsync);
        Add("/assets/{**file}", AssetAsync);
        routes.MapGet("/api/v1/ui/config", http =>
        {
            http.Response.ContentType = "application/json";
            http.Response.Headers.CacheControl = "no-cache";
            return http.Response.WriteAsync(UiConfiguration.Write(_options, _authenticator), http.RequestAborted);
        }).RequireAccess(Access.Public);

        void Add(string path, RequestDelegate handler) => routes.MapMethods(path, [HttpMethods.Get, HttpMethods.Head], handler).RequireAccess(Access.Public);
    }

    private Task ShellAsync(HttpContext http)
    {
        if (_shell is not null) return UiResponse.WriteAsync(http, _shell);
        http.Response.Redirect(_options.PathPrefix + "/status");
        return Task.CompletedTask;
    }

    private Task AssetAsync(HttpContext http)
    {
        var path = $"assets/{http.Request.RouteValues["file"]}";
        return _bundle.Find(path) is { } file ? UiResponse.WriteAssetAsync(http, file)
            : HttpErrors.WriteTextAsync(http, StatusCodes.Status404NotFound, $"'{path}' is not in the user interface of this version");
    }
}
