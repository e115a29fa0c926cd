using System.Globalization;
using System.Net;
using System.Text;
using Kagari.Server.Hosting;

namespace Kagari.Server.Status;

/// <summary>The page at <c>/status</c>: services, profile types, links to flame graphs, for people without the web user interface.</summary>
internal static class StatusPage
{
    private const string Style = """
        :root { color-scheme: light dark; --line: light-dark(#d8d4cc, #3a3733); --soft: light-dark(#6b655c, #a49d92); --accent: light-dark(#b4461b, #ff9a5c); }
        body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2.5rem auto; padding: 0 1rem; }
        h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; } p, td small { color: var(--soft); }
        a { color: var(--accent); } table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .4rem .6rem; border-top: 1px solid var(--line); vertical-align: top; }
        code, pre { font-family: ui-monospace, monospace; font-size: 13px; } pre { padding: .8rem; border: 1px solid var(--line); overflow-x: auto; }
        """;

    public static string Render(IReadOnlyList<TenantStatus> tenants, string prefix, bool hasUi, DateTimeOffset now)
    {
        var html = new StringBuilder();
        html.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Kagari</title><style>")
            .Append(Style).Append("</style></head><body><h1>Kagari</h1><p>")
            .Append(CultureInfo.InvariantCulture, $"version {Text(BuildInfo.Version)} · {now:yyyy-MM-dd HH:mm:ss} UTC · ")
            .Append($"<a href=\"{Text(prefix)}/metrics\">metrics</a> · <a href=\"{Text(prefix)}/ready\">ready</a></p>");
        html.Append(hasUi ? $"<p><a href=\"{Text(prefix)}/\">User interface</a></p>"
            : "<p>This server was built without its web user interface. <code>./build.sh run</code> builds both; it needs Node.js and npm.</p>");
        if (tenants.All(t => t.Services.Count == 0)) html.Append(Empty(prefix));
        foreach (var tenant in tenants) AppendTenant(html, tenant, prefix, single: tenants.Count == 1);
        return html.Append("</body></html>\n").ToString();
    }

    private static string Empty(string prefix) =>
        "<h2>No profiles yet</h2><p>Send one:</p><pre>curl -F profile=@cpu.pb.gz 'http://localhost:4040" + Text(prefix)
        + "/ingest?name=my.app%7Bregion=eu%7D&amp;from=now-1m&amp;until=now'</pre>";

    private static void AppendTenant(StringBuilder html, TenantStatus tenant, string prefix, bool single)
    {
        html.Append("<h2>").Append(single ? "Services" : $"Services of {Text(tenant.Tenant)}").Append("</h2>");
        if (tenant.TimeRange is { } range) html.Append(CultureInfo.InvariantCulture, $"<p>profiles from {Time(range.TimeNanosMin)} to {Time(range.TimeNanosMax)} UTC</p>");
        html.Append("<table><thead><tr><th>service</th><th>profile types</th></tr></thead><tbody>");
        foreach (var (service, types) in tenant.Services)
        {
            html.Append("<tr><td>").Append(Text(service)).Append("</td><td>");
            foreach (var type in types)
            {
                var from = (tenant.TimeRange?.TimeNanosMin ?? 0) / 1_000_000_000;
                var until = ((tenant.TimeRange?.TimeNanosMax ?? 0) / 1_000_000_000) + 1;
                var query = Uri.EscapeDataString($"{type}{{service_name=\"{service.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"}}");
                var link = string.Create(CultureInfo.InvariantCulture, $"{prefix}/pyroscope/render?query={query}&from={from}&until={until}");
                html.Append($"{Text(type)} <small><a href=\"{Text(link)}\">json</a> <a href=\"{Text(link + "&format=dot")}\">dot</a></small><br>");
            }
            html.Append("</td></tr>");
        }
        html.Append("</tbody></table>");
    }

    private static string Time(long nanos) =>
        DateTimeOffset.UnixEpoch.AddTicks(nanos / 100).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
