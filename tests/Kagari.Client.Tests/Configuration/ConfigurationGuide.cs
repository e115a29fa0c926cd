using System.Text;
using Kagari.Client.Configuration;

namespace Kagari.Client.Tests.Configuration;

/// <summary>Writes docs/guide/dotnet-configuration.md from the table of options; a test holds both equal.</summary>
internal static class ConfigurationGuide
{
    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        text.Append("\n## Options\n\n| option | variables | value | default | meaning |\n|---|---|---|---|---|\n");
        var defaults = new KagariOptions();
        foreach (var row in OptionTable.All)
        {
            var byDefault = row.Format(defaults);
            var variables = string.Join("<br>", row.Peers.Prepend(row.Variable).Select(v => $"`{v}`"));
            text.Append($"| `{row.Property}` | {variables} | {Cell(row.Kind)} | {(byDefault.Length == 0 ? "" : $"`{byDefault}`")} | {Cell(row.Help)} |\n");
        }
        foreach (var (property, help) in OptionTable.CodeOnly) text.Append($"| `{property}` | in code only | | | {Cell(help)} |\n");
        text.Append("\n## Switches of single kinds\n\nAs with pyroscope-dotnet; `KAGARI_PROFILES` wins over them.\n\n| variable | kind |\n|---|---|\n");
        foreach (var (variable, kind) in PeerVariables.Switches) text.Append($"| `{variable}` | `{kind}` |\n");
        text.Append("\n## Ignored\n\nThey are named in a message where they are set.\n\n| variable | why |\n|---|---|\n");
        foreach (var (variable, reason) in PeerVariables.Ignored) text.Append($"| `{variable}` | {Cell(reason)} |\n");
        text.Append("| `DD_PROFILING_…` | this is not Datadog's profiler |\n| `CORECLR_ENABLE_PROFILING`, `CORECLR_PROFILER…`, `LD_PRELOAD` | nothing native is loaded; remove them with the native profiler |\n");
        text.Append(Labels);
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private const string Introduction = """
        # Configuration of the .NET profiler

        <!-- Written by ConfigurationGuide.cs from the table of options. To accept a change of the table:
             KAGARI_ACCEPT=1 artifacts/bin/Kagari.Client.Tests/release/Kagari.Client.Tests --filter-class '*ConfigurationGuideTests' -->

        Nothing has to be set: profiles of the usual kinds go to http://localhost:4040. Where something is, it can stand in
        four places; later ones win:

        1. the defaults below
        2. with `AddKagari`, the section `Kagari` of the program's configuration (appsettings.json …); where there is none, the
           section `Pyroscope`
        3. environment variables: those of Pyroscope's clients, and over them `KAGARI_` and the name of the option
        4. code: `KagariProfiler.Start(o => …)`, `AddKagari(o => …)`

        ```json
        { "Kagari": { "ServerAddress": "https://profiles.example", "UploadInterval": "15s", "Labels": { "region": "eu" } } }
        ```

        A value from configuration or environment that cannot be used is told in a warning, and the next weaker place counts.
        A value from code that cannot be used is an `ArgumentException`. Names and values (`Labels`, `Headers`) of all places are
        added up. Durations are `500ms`, `10s`, `1m`, `00:00:10` or a number of seconds. Proxies (`http://…`) are taken from
        `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`; on Linux, certificates of one's own from `SSL_CERT_FILE`.

        """;

    private const string Labels = """

        ## Labels of all profiles

        | label | value |
        |---|---|
        | `service_name` | `ServiceName` |
        | `spy_name` | `dotnetspy`, as with pyroscope-dotnet |
        | `otel.scope.name`, `otel.scope.version` | `com.kagari/dotnet` and the version of the package |
        | `process.runtime.name`, `process.runtime.version` | `.NET` and its version |
        | `service.namespace`, `service.version` | from `OTEL_RESOURCE_ATTRIBUTES`, where they are named there |
        | others | `Labels` |

        """;
}
