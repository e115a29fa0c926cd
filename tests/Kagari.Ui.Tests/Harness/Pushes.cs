using System.Buffers;
using System.Text;
using System.Text.Json;
using Kagari.Profiles;

namespace Kagari.Ui.Tests.Harness;

/// <summary>Sends profiles as SDKs do: one push with several series, as JSON.</summary>
internal static class Pushes
{
    /// <summary>A series with one profile.</summary>
    /// <param name="Name">First part of its profile types, as <c>process_cpu</c>.</param>
    /// <param name="Service">Its service.</param>
    /// <param name="Pprof">The profile.</param>
    /// <param name="Labels">More labels.</param>
    public sealed record Series(string Name, string Service, byte[] Pprof, params (string Name, string Value)[] Labels);

    public static async Task SendAsync(HttpClient http, IEnumerable<Series> series)
    {
        var push = new
        {
            series = series.Select(s => new
            {
                labels = s.Labels.Prepend(("service_name", s.Service)).Prepend(("__name__", s.Name)).Select(l => new { name = l.Item1, value = l.Item2 }),
                samples = new[] { new { rawProfile = Convert.ToBase64String(s.Pprof) } },
            }),
        };
        using var content = new StringContent(JsonSerializer.Serialize(push), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("push.v1.PusherService/Push", UriKind.Relative), content);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
    }

    /// <summary>A profile as bytes, of this time.</summary>
    /// <param name="profile">Sample types are set.</param>
    /// <param name="time">When it begins.</param>
    /// <param name="duration">How long it lasts.</param>
    /// <param name="periodType">As <c>cpu:nanoseconds</c>.</param>
    public static byte[] Pprof(FlatProfile profile, DateTimeOffset time, TimeSpan duration, string periodType)
    {
        var parts = periodType.Split(':');
        profile.TimeNanos = time.ToUnixTimeMilliseconds() * 1_000_000;
        profile.DurationNanos = (long)duration.TotalNanoseconds;
        profile.PeriodType = new Profiles.ValueType(profile.AddString(parts[0]), profile.AddString(parts[1]));
        profile.Period = 10_000_000;
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
