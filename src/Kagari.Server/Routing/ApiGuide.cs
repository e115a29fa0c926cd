using System.Text;
using Kagari.Server.Authentication.Enforcement;

namespace Kagari.Server.Routing;

/// <summary>Writes docs/guide/api.md from the table of routes; a test holds both equal.</summary>
internal static class ApiGuide
{
    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        foreach (var section in ApiRoutes.All.GroupBy(r => r.Section))
        {
            text.Append($"\n## {section.Key}\n\n| | path | scope | what | statuses |\n|---|---|---|---|---|\n");
            foreach (var route in section)
                text.Append($"| {route.Method} | `{route.Path.Replace("{**", "{", StringComparison.Ordinal)}` | {Scope(route.Access)} | {route.Summary.Replace("|", "\\|", StringComparison.Ordinal)} | {string.Join(", ", route.Statuses.Distinct().Order())} |\n");
        }
        return text.ToString();
    }

    private static string Scope(Access access) => access switch
    {
        Access.Public => "",
        Access.Known => "any",
        Access.Operator => "admin, of any tenants",
        Access.Server => "read, all tenants",
        _ => access.ToString().ToLowerInvariant(),
    };

    private const string Introduction = """
        # The API

        <!-- Written by ApiGuide.cs from the table of routes. To accept a change of the table:
             KAGARI_ACCEPT=1 artifacts/bin/Kagari.Server.Tests/release/Kagari.Server.Tests --filter-class '*ApiGuideTests' -->

        One port, 4040, HTTP/1.1 and HTTP/2, with TLS or without. `-server.path-prefix` stands in front of every path. `/api/swagger.json` gives this page to programs.

        **RPC** is `POST` of a message in protobuf (`application/proto`) or JSON (`application/json`), as Connect, gRPC and gRPC-Web do it; messages are in `src/Kagari.Wire/Protos`. Field names are lowerCamelCase or as in the .proto, 64-bit numbers may be text. With another method it answers 405, with another content type 415, with what is no message, or with a message that cannot be answered, 400.

        The tenant is in `X-Scope-OrgID` where there are several; questions may name more than one, as `a|b`. Scopes count where [authentication](authentication.md) is on.

        Errors are `{"code":"invalid_argument","message":"…"}`, and name what was found, what was expected, and the setting that changes it. Every route may also answer 401 and 403 (who asks), 413 (too large), 429 (a limit of the tenant), 499 and 504 (given up by the client, or too late), 503 (not now) and 507 (the disk is full).

        """;
}
