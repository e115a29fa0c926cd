using Kagari.Testing;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Profiles that other programs wrote (KAGARI_TEST_DATA), each a service of its own named after its file.</summary>
internal static class RealProfiles
{
    public static async Task<bool> PushAsync(HttpClient http)
    {
        if (Repository.SharedData is not { } data) return false;
        var until = ShopProfiles.End.ToUnixTimeSeconds() - 60;
        foreach (var (folder, pattern, format) in new[] { ("pprof", "*.pb", "pprof"), ("jfr", "*.jfr.gz", "jfr"), ("other", "*.speedscope.json", "speedscope") })
            foreach (var file in Directory.GetFiles(Path.Combine(data, folder), pattern).Order(StringComparer.Ordinal))
            {
                var name = Path.GetFileName(file).Split('.')[0];
                using var content = new ByteArrayContent(await File.ReadAllBytesAsync(file));
                // Some are broken on purpose; what is refused is not there.
                using var answer = await http.PostAsync(new Uri($"ingest?name=real-{name}&from={until - 60}&until={until}&format={format}", UriKind.Relative), content);
            }
        return true;
    }
}
