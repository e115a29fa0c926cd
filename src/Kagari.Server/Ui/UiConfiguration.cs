using System.Text;
using System.Text.Json;
using Kagari.Server.Authentication;
using Kagari.Server.Hosting;

namespace Kagari.Server.Ui;

/// <summary>What the user interface has to know before anybody has said who they are. Nothing of it is secret.</summary>
/// <remarks>
/// <code>
/// { "version": "0.1.0",
///   "auth": ["none"],                       or some of basic, bearer, certificate
///   "multitenancy": false,
///   "maxNodesDefault": 8192,                drawn where a request names no number; 0: all
///   "maxNodesMax": 1048576,                 the most a request may name; 0: any
///   "maxQueryLengthSeconds": 0,             0: any
///   "maxQueryLookbackSeconds": 0,           0: any
///   "sources": { "github": false, "gitlab": true, "other": false },
///   "recordingRules": false,
///   "maxSnapshotBytes": 33554432 }          0: any
/// </code>
/// Limits are those of tenants without their own; a request beyond a limit is answered with the setting that has it.
/// </remarks>
internal static class UiConfiguration
{
    public static string Write(ServerOptions options, Authenticator? authenticator)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, BuildInfo.Version);
            json.WriteStartArray("auth"u8);
            foreach (var kind in authenticator?.Kinds ?? ["none"]) json.WriteStringValue(kind);
            json.WriteEndArray();
            json.WriteBoolean("multitenancy"u8, options.MultitenancyEnabled);
            json.WriteNumber("maxNodesDefault"u8, options.Limits.MaxFlamegraphNodesDefault);
            json.WriteNumber("maxNodesMax"u8, options.Limits.MaxFlamegraphNodesMax);
            json.WriteNumber("maxQueryLengthSeconds"u8, (long)options.Limits.MaxQueryLength.TotalSeconds);
            json.WriteNumber("maxQueryLookbackSeconds"u8, (long)options.Limits.MaxQueryLookback.TotalSeconds);
            json.WriteStartObject("sources"u8);
            json.WriteBoolean("github"u8, options.Vcs.HasGithub);
            json.WriteBoolean("gitlab"u8, options.Vcs.GitlabUrl.Length > 0);
            json.WriteBoolean("other"u8, options.Vcs.RawUrlTemplate.Length > 0);
            json.WriteEndObject();
            json.WriteBoolean("recordingRules"u8, options.RecordingRulesEnabled && options.MetricsExporter.Enabled);
            json.WriteNumber("maxSnapshotBytes"u8, options.Limits.MaxSnapshotBytes);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
