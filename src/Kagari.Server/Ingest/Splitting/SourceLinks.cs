using System.Text.Json;
using Kagari.Profiles;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>Puts the labels that lead to source code into the build ids of a profile's binaries, where user interfaces read them.</summary>
/// <remarks>
/// <code>{"repository":"https://github.com/shop/cart","git_ref":"v1","build_id":"b0b1","root_path":"cmd"}</code>
/// A merged profile has mappings of many versions but labels of none, so there each frame still leads to its own commit.
/// </remarks>
internal static class SourceLinks
{
    public static void Fold(FlatProfile profile, LabelSet labels)
    {
        // Most series have none of them.
        if (!labels.TryGet(LabelNames.ServiceRepository, out var repository) & !labels.TryGet(LabelNames.ServiceGitRef, out var gitRef) & !labels.TryGet(LabelNames.ServiceRootPath, out var rootPath)) return;
        var folded = new Dictionary<int, int>();
        for (var i = 0; i < profile.Mappings.Count; i++)
        {
            ref var mapping = ref profile.Mappings[i];
            if (!folded.TryGetValue(mapping.BuildId, out var link))
            {
                var buildId = profile.GetString(mapping.BuildId);
                // An agent that folds them itself is left alone.
                link = buildId.StartsWith('{') ? mapping.BuildId : profile.AddString(Json(repository, gitRef, buildId, rootPath));
                folded.Add(mapping.BuildId, link);
            }
            mapping = mapping with { BuildId = link };
        }
    }

    private static string Json(string repository, string gitRef, string buildId, string rootPath)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            foreach (var (name, value) in new[] { ("repository", repository), ("git_ref", gitRef), ("build_id", buildId), ("root_path", rootPath) })
                if (value.Length > 0) json.WriteString(name, value);
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(bytes.ToArray());
    }
}
