using System.Buffers;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests;

/// <summary>Profiles as files.</summary>
internal static class TestProfiles
{
    /// <summary>A CPU profile of a drawing, with samples and nanoseconds; without a time where none is given.</summary>
    public static byte[] Pprof(string drawing, DateTimeOffset time = default)
    {
        var profile = Drawings.Profile(drawing, "samples:count", "cpu:nanoseconds");
        profile.PeriodType = new Profiles.ValueType(profile.AddString("cpu"), profile.AddString("nanoseconds"));
        profile.Period = 10_000_000;
        if (time != default) profile.TimeNanos = (time - DateTimeOffset.UnixEpoch).Ticks * 100;
        var bytes = new ArrayBufferWriter<byte>();
        PprofWriter.Write(profile, bytes);
        return bytes.WrittenSpan.ToArray();
    }
}
