using System.Text;
using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>Writes docs/guide/configuration.md from the table of settings; a test holds both equal.</summary>
internal static class ConfigurationGuide
{
    public static string Write()
    {
        var text = new StringBuilder(Introduction);
        text.Append("## Start\n\n| flag | environment | meaning |\n|---|---|---|\n");
        foreach (var command in CommandSetting.All)
            text.Append($"| `-{command.Flag}` | {(command.Variable is { } variable ? $"`{variable}`" : "")} | {Cell(command.Help)} |\n");
        var defaults = new ServerOptions();
        foreach (var group in ServerSettings.All.GroupBy(s => s.Group))
        {
            text.Append($"\n## {group.Key}\n\n| YAML | flag and environment | value | default | meaning |\n|---|---|---|---|---|\n");
            foreach (var setting in group)
            {
                var byDefault = setting.Format(defaults);
                text.Append($"| `{setting.Key}` | `-{setting.Flag}`<br>`{setting.Variable}` | {Cell(setting.Kind.Name)} | {(byDefault.Length == 0 ? "" : $"`{byDefault}`")} | {Cell(setting.Help)} |\n");
            }
        }
        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|");

    private const string Introduction = """
        # Configuration

        <!-- Written by ConfigurationGuide.cs from the table of settings. To accept a change of the table:
             KAGARI_ACCEPT=1 artifacts/bin/Kagari.Server.Tests/release/Kagari.Server.Tests --filter-class '*ConfigurationGuideTests' -->

        `kagari server` starts without any setting. Where one is needed, it can stand in four places; later ones win:

        1. the defaults below
        2. a YAML file: `kagari server -config.file=kagari.yaml`
        3. environment variables: `KAGARI_` and the name of the flag in upper case, with `_` for `.` and `-`
        4. flags, with one or two dashes: `-name=value` or `-name value`; a bare `-name` switches on

        ```yaml
        multitenancy_enabled: true
        server:
          http_listen_port: 4040
        storage:
          filesystem:
            dir: /var/lib/kagari
        limits:
          max_query_length: 7d
          ingestion_relabeling_rules:
            - action: labeldrop
              regex: pod_template_hash
        ```

        The file is read strictly: an unknown key ends the start with its line and the nearest known key. Keys of Pyroscope that
        only concern its inside (`memberlist`, `metastore`, `pyroscopedb` …) are accepted; a line of the log says that they are
        ignored, and why. Keys of Pyroscope whose effect users would miss (`retention_period` …) end the start.

        Durations are written `500ms`, `30s`, `1h30m`, `7d`; `0` switches a limit off. Bytes are plain numbers or have a unit:
        `kB MB GB` count in thousands, `KiB MiB GiB` in 1024. With `-config.expand-env`, `${VAR}` and `${VAR:-default}` in the
        file stand for environment variables; `$1` and `${1}` stay as they are, and `$${` stands for `${`.

        Limits of single tenants stand in a file of their own (`-runtime-config.file`), with the keys of `limits`; what a tenant
        does not name comes from `limits`. The file is read again while the server runs. A broken file changes nothing: the last
        good one stays in force, and the log says what is wrong.

        ```yaml
        overrides:
          team-a:
            ingestion_rate_mb: 20
            max_query_length: 30d
        ```


        """;
}
