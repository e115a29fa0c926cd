namespace Kagari.Profiles;

/// <summary>Decodes pprof (gzip or plain) into a <see cref="FlatProfile"/> without a message object in between.</summary>
/// <remarks>
/// Specification: google/pprof, proto/profile.proto. Repeated numbers may be packed or not, fields come in any
/// order, ids may be sparse and 64 bits wide. Total: any bytes give a profile or an error, in memory proportional
/// to the input and bounded by <see cref="DecodeLimits"/> and the caps below. No garbage once the arrays are warm.
/// Not thread safe; pool instances.
/// </remarks>
public sealed partial class PprofReader : IDisposable
{
    /// <summary>Most sample types of one profile.</summary>
    public const int SampleTypesMax = 64;

    /// <summary>Most strings, locations, lines, functions or labels of one profile.</summary>
    public const int EntriesMax = 4_000_000;

    /// <summary>Most mappings of one profile.</summary>
    public const int MappingsMax = 100_000;

    private readonly Gunzip _gunzip = new();

    /// <summary>
    /// Repairs lines whose function id is 0 from their location's id, as profiles of old .NET clients need.
    /// Default: false, and such a line is an error.
    /// </summary>
    public bool RepairZeroFunctionIds { get; set; }

    /// <summary>Samples of the last profile that were left out because they refer to locations that are not there.</summary>
    public int DanglingSamples { get; private set; }

    /// <summary>Decodes a profile; on failure <paramref name="profile"/> has undefined content.</summary>
    public bool TryRead(ReadOnlySpan<byte> input, FlatProfile profile, DecodeLimits limits, out ProfileError error)
    {
        profile.ClearLists();
        if (Gunzip.IsGzip(input))
        {
            if (!_gunzip.TryDecompress(input, ref profile.Bytes, limits.BytesMax, out error)) return false;
        }
        else if (limits.BytesMax > 0 && input.Length > limits.BytesMax)
        {
            error = new ProfileError(
                ProfileErrorKind.TooLarge, $"uncompressed profile payload size exceeds limit of {ByteSize.Format(limits.BytesMax)}");
            return false;
        }
        else profile.Bytes.AddRange(input);
        return TryReadDecompressed(profile, limits, out error);
    }

    /// <inheritdoc/>
    public void Dispose() => _gunzip.Dispose();

    private bool TryReadDecompressed(FlatProfile profile, DecodeLimits limits, out ProfileError error)
    {
        _locationIds.Clear();
        _locationMappings.Clear();
        _lineFunctions.Clear();
        _functionIds.Clear();
        _mappingIds.Clear();
        _wideIds.Clear();
        _valueCounts.Clear();
        _valueCountsAgree = true;
        _error = ProfileError.None;

        var data = (ReadOnlySpan<byte>)profile.Bytes.Span;
        var cursor = new ProtoCursor(data, 0, data.Length);
        while (cursor.NextField(out var field, out var wireType) && !_error.IsError)
        {
            // Samples are most of a profile.
            if (field == 2 && wireType == ProtoCursor.Bytes)
            {
                cursor.ReadLength(out var start, out var end);
                if (!cursor.Failed) ReadSample(ref cursor, start, end, profile, limits);
            }
            else ReadField(ref cursor, field, wireType, profile, limits);
        }

        if (cursor.Failed && !_error.IsError)
            _error = ProfileError.Malformed($"pprof: invalid protobuf at byte {cursor.FailedAt} of {data.Length}");
        if (!_error.IsError) Resolve(profile, limits);
        error = _error;
        return !error.IsError;
    }

    private void ReadField(ref ProtoCursor cursor, int field, int wireType, FlatProfile profile, DecodeLimits limits)
    {
        switch (field)
        {
            case 1 when Message(ref cursor, wireType, out var start, out var end):
                if (Capped(profile.SampleTypes.Count, SampleTypesMax, "sample types")) return;
                profile.SampleTypes.Add(ReadValueType(ref cursor, start, end, default));
                break;
            case 2: cursor.Fail(); break;   // samples as messages were read before; this is none
            case 3 when Message(ref cursor, wireType, out var start, out var end):
                ReadMapping(ref cursor, start, end, profile);
                break;
            case 4 when Message(ref cursor, wireType, out var start, out var end):
                ReadLocation(ref cursor, start, end, profile);
                break;
            case 5 when Message(ref cursor, wireType, out var start, out var end):
                ReadFunction(ref cursor, start, end, profile);
                break;
            case 6 when Message(ref cursor, wireType, out var start, out var end):
                if (Capped(profile.Strings.Count, EntriesMax, "strings")) return;
                profile.Strings.Add(new StringRange(start, end - start));
                break;
            case 7: profile.DropFrames = Index(cursor.ReadVarintField(wireType)); break;
            case 8: profile.KeepFrames = Index(cursor.ReadVarintField(wireType)); break;
            case 9: profile.TimeNanos = (long)cursor.ReadVarintField(wireType); break;
            case 10: profile.DurationNanos = (long)cursor.ReadVarintField(wireType); break;
            case 11 when Message(ref cursor, wireType, out var start, out var end):
                profile.PeriodType = ReadValueType(ref cursor, start, end, profile.PeriodType);
                break;
            case 12: profile.Period = (long)cursor.ReadVarintField(wireType); break;
            case 13: ReadComments(ref cursor, wireType, profile); break;
            case 14: profile.DefaultSampleType = Index(cursor.ReadVarintField(wireType)); break;
            case 1 or 3 or 4 or 5 or 6 or 11: break;   // not a message: Message has failed the cursor
            default: cursor.Skip(wireType); break;
        }
    }

    private static bool Message(ref ProtoCursor cursor, int wireType, out int start, out int end)
    {
        if (wireType == ProtoCursor.Bytes)
        {
            cursor.ReadLength(out start, out end);
            return !cursor.Failed;
        }
        cursor.Fail();
        start = end = 0;
        return false;
    }

    /// <summary>String indexes beyond int can be no index: they become one that the bounds check refuses.</summary>
    private static int Index(ulong value) => value > int.MaxValue ? int.MaxValue : (int)value;

    private bool Capped(int count, int most, string what)
    {
        if (count < most) return false;
        _error = new ProfileError(ProfileErrorKind.TooManyEntries, $"pprof: more than {most} {what} in one profile");
        return true;
    }
}
