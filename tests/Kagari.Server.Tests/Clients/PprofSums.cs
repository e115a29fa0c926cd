using Kagari.Profiles;

namespace Kagari.Server.Tests.Clients;

/// <summary>What a pprof holds by sample type: the sums of its values.</summary>
/// <param name="PeriodType">What the period counts, as <c>cpu:nanoseconds</c>.</param>
/// <param name="Values">Sums by sample type, as <c>alloc_space:bytes</c>, in the order of the profile.</param>
internal sealed record PprofSums(string PeriodType, IReadOnlyList<(string Type, long Sum)> Values)
{
    /// <summary>Reads with the decoder of the house, which tests of Kagari.Profiles hold against go tool pprof.</summary>
    public static PprofSums Of(ReadOnlySpan<byte> pprof)
    {
        using var reader = new PprofReader();
        var profile = new FlatProfile();
        reader.TryRead(pprof, profile, DecodeLimits.Default, out var error).ShouldBeTrue(error.Message);
        var sums = new long[profile.SampleTypes.Count];
        for (var sample = 0; sample < profile.Samples.Count; sample++)
            for (var type = 0; type < sums.Length; type++) sums[type] += profile.ValuesOf(sample)[type];
        return new PprofSums(Text(profile.PeriodType), [.. sums.Select((sum, type) => (Text(profile.SampleTypes[type]), sum))]);

        string Text(Profiles.ValueType type) => $"{profile.GetString(type.Type)}:{profile.GetString(type.Unit)}";
    }

    /// <summary>The same profile at another time: in protobuf the last value of a number wins, so field 9 is appended.</summary>
    public static byte[] At(byte[] plainPprof, DateTimeOffset time)
    {
        List<byte> field = [9 << 3];
        var rest = (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * 100;
        for (; rest >= 0x80; rest >>= 7) field.Add((byte)(rest | 0x80));
        field.Add((byte)rest);
        return [.. plainPprof, .. field];
    }
}
