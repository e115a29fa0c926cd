namespace Kagari.Profiles.Tests.NetTrace;

/// <summary>Totals of functions, counted the slow way.</summary>
internal static class NetTraceTotals
{
    public static Dictionary<string, long> Of(FlatProfile profile, int column)
    {
        var totals = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            foreach (var location in profile.StackOf(profile.Samples[i])) names.Add(profile.GetString(profile.Functions[profile.Lines[profile.Locations[location].LineStart].Function].Name));
            foreach (var name in names) totals[name] = totals.GetValueOrDefault(name) + profile.ValuesOf(i)[column];
        }
        return totals;
    }
}
