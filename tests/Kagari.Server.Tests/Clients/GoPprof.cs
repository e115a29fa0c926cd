using System.Globalization;
using System.Text.RegularExpressions;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary><c>go tool pprof</c> as a reader that shares nothing with ours.</summary>
internal static partial class GoPprof
{
    /// <summary>The report that <paramref name="option"/> asks for, of a profile in memory.</summary>
    public static async Task<string> ReportAsync(byte[] pprof, params string[] option)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "profile.pb");
        await File.WriteAllBytesAsync(file, pprof);
        // Symbolization would look for the binaries of other machines.
        var (status, output) = await ExternalTool.RunAsync("go", ["tool", "pprof", "-symbolize=none", .. option, file]);
        status.ShouldBe(0, output);
        return output;
    }

    /// <summary>Sums of the samples that <c>-raw</c> lists, by sample type.</summary>
    public static async Task<PprofSums> SumsAsync(byte[] pprof) => (await ReadAsync(pprof)).Sums(_ => true);

    /// <summary>What <c>-raw</c> lists.</summary>
    public static async Task<GoProfile> ReadAsync(byte[] pprof)
    {
        var lines = (await ReportAsync(pprof, "-raw")).Split('\n');
        var period = lines.First(l => l.StartsWith("PeriodType:", StringComparison.Ordinal))["PeriodType:".Length..].Trim().Replace(' ', ':');
        var types = lines[Array.IndexOf(lines, "Samples:") + 1].Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(t => t.Replace("[dflt]", "").Replace('/', ':'));
        var samples = lines.TakeWhile(l => l != "Locations").Where(l => SampleLine().IsMatch(l))
            .Select(l => l[..l.IndexOf(':')].Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(v => long.Parse(v, CultureInfo.InvariantCulture)).ToArray());
        return new GoProfile(period.Length == 0 ? ":" : period, [.. types], [.. samples]);
    }

    /// <summary>Values, a colon, ids of locations (none of a sample without frames); labels stand in lines of their own, behind their key.</summary>
    [GeneratedRegex(@"^ *-?\d+( +-?\d+)*:[\d ]*$")]
    private static partial Regex SampleLine();
}
