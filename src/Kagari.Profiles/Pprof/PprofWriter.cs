using System.Buffers;

namespace Kagari.Profiles;

/// <summary>Encodes a <see cref="FlatProfile"/> as pprof, without a message object in between.</summary>
/// <remarks>
/// Specification: google/pprof, proto/profile.proto. Fields ascend, numbers that repeat are packed, defaults are left
/// out, ids are index + 1. Equal profiles give equal bytes. Safe to call from several threads.
/// </remarks>
public static partial class PprofWriter
{
    /// <summary>The exact number of bytes that <see cref="Write(FlatProfile, IBufferWriter{byte})"/> writes.</summary>
    public static long SizeOf(FlatProfile profile)
    {
        long size = 0;
        foreach (ref readonly var type in profile.SampleTypes.Span) size += Framed(SizeOf(type));
        var types = profile.SampleTypes.Count;
        for (var i = 0; i < profile.Samples.Count; i++) size += Framed(SizeOf(new SampleParts(profile, i, types)));
        for (var i = 0; i < profile.Mappings.Count; i++) size += Framed(SizeOf(profile.Mappings[i], i));
        for (var i = 0; i < profile.Locations.Count; i++) size += Framed(SizeOf(profile, profile.Locations[i], i));
        for (var i = 0; i < profile.Functions.Count; i++) size += Framed(SizeOf(profile.Functions[i], i));
        foreach (ref readonly var text in profile.Strings.Span) size += Framed(text.Length);
        size += Number(profile.DropFrames) + Number(profile.KeepFrames) + Number(profile.TimeNanos) + Number(profile.DurationNanos);
        if (profile.PeriodType != default) size += Framed(SizeOf(profile.PeriodType));
        size += Number(profile.Period);
        if (profile.Comments.Count > 0) size += Framed(PackedSize(profile.Comments.Span, add: 0));
        return size + Number(profile.DefaultSampleType);
    }

    /// <summary>Writes the profile, uncompressed.</summary>
    /// <param name="profile">Consistent, as every decoder leaves it: indexes in range, string 0 empty.</param>
    /// <param name="output">Gets the bytes in pieces of at least 16 KiB.</param>
    public static void Write(FlatProfile profile, IBufferWriter<byte> output)
    {
        var writer = new WireWriter(output);
        foreach (ref readonly var type in profile.SampleTypes.Span) Write(ref writer, 1, type);
        var types = profile.SampleTypes.Count;
        for (var i = 0; i < profile.Samples.Count; i++) Write(ref writer, new SampleParts(profile, i, types));
        for (var i = 0; i < profile.Mappings.Count; i++) Write(ref writer, profile.Mappings[i], i);
        for (var i = 0; i < profile.Locations.Count; i++) Write(ref writer, profile, profile.Locations[i], i);
        for (var i = 0; i < profile.Functions.Count; i++) Write(ref writer, profile.Functions[i], i);
        var bytes = (ReadOnlySpan<byte>)profile.Bytes.Span;
        foreach (ref readonly var text in profile.Strings.Span)
        {
            Frame(ref writer, 6, text.Length, reserve: 0);
            writer.Bytes(bytes.Slice(text.Start, text.Length));
        }
        writer.Reserve(4 * FieldBytesMax);
        Field(ref writer, 7, profile.DropFrames);
        Field(ref writer, 8, profile.KeepFrames);
        Field(ref writer, 9, profile.TimeNanos);
        Field(ref writer, 10, profile.DurationNanos);
        if (profile.PeriodType != default) Write(ref writer, 11, profile.PeriodType);
        writer.Reserve(FieldBytesMax);
        Field(ref writer, 12, profile.Period);
        if (profile.Comments.Count > 0)
        {
            Frame(ref writer, 13, PackedSize(profile.Comments.Span, add: 0), reserve: 0);
            WritePacked(ref writer, profile.Comments.Span, add: 0);
        }
        writer.Reserve(FieldBytesMax);
        Field(ref writer, 14, profile.DefaultSampleType);
        writer.Flush();
    }
}
