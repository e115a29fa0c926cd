namespace Kagari.Profiles;

/// <summary>Decodes OpenTelemetry profiles: a request of many profiles over one dictionary, one <see cref="FlatProfile"/> at a time.</summary>
/// <remarks>
/// <para>Specification: OTLP v1development profiles, opentelemetry-proto 1.10. Requests of 1.9, which numbered the fields
/// of samples differently, are told apart by wire types (OtlpReader.Opening.cs) and read as what they are. Fields of an
/// unexpected wire type are skipped, as protobuf asks of unknown fields.</para>
/// <para>A profile whose samples name services of their own becomes several. Each result has only the entries of the
/// dictionary that its samples need, in the order of their first use: its cost is its own, not that of the dictionary.</para>
/// <code>
/// if (!reader.TryOpen(request, limits, out error)) …             the request as a whole
/// while (reader.MoveNext(profile, out error)) …                  one profile of one service, or why it is refused
/// </code>
/// <para>Total: any bytes give profiles or errors, in memory proportional to the request and bounded by
/// <see cref="DecodeLimits"/> and the caps below. No garbage per sample once the arrays are warm. Not thread safe.</para>
/// </remarks>
public sealed partial class OtlpReader
{
    /// <summary>Most entries of one table of the dictionary.</summary>
    public const int EntriesMax = 4_000_000;

    /// <summary>Most profiles of one request.</summary>
    public const int ProfilesMax = 65_536;

    /// <summary>Most services that the samples of one profile may name.</summary>
    public const int ServicesMax = 4_096;

    /// <summary>Most attributes of a resource and scope, and most bytes of their keys and values.</summary>
    public const int AttributesMax = 128, AttributeBytesMax = 64 << 10;

    private ReadOnlyMemory<byte> _request;
    private DecodeLimits _limits = DecodeLimits.Default;
    private ProfileError _error;
    private int _profile, _part, _parts;

    /// <summary>How many profiles the request has, before they are split by service.</summary>
    public int ProfileCount => _profiles.Count;

    /// <summary>Which of the request's profiles the last step was about.</summary>
    public int ProfileIndex => _profile;

    /// <summary>The labels of the last profile: family, service, attributes of resource and scope.</summary>
    public LabelSet Labels { get; private set; } = LabelSet.Empty;

    /// <summary>
    /// Bytes that the last profile takes without its dictionary, also where it was refused: an index of two bytes
    /// stands for a whole stack, so the size of the request says little about the work in it.
    /// </summary>
    public long UnfoldedBytes { get; private set; }

    /// <summary>Bytes of memory held.</summary>
    public long MemoryBytes =>
        (8L * (_strings.Capacity + _stacks.Capacity)) + (4L * (_indexes.Capacity + _sampleAttributes.Capacity + _order.Capacity))
        + (40L * (_mappings.Capacity + _attributes.Capacity)) + (24L * (_locations.Capacity + _lines.Capacity + _functions.Capacity))
        + (16L * (_links.Capacity + _profiles.Capacity)) + (32L * _samples.Capacity)
        + _localStrings.MemoryBytes + _localMappings.MemoryBytes + _localFunctions.MemoryBytes + _localLocations.MemoryBytes
        + _localStacks.MemoryBytes + _localAttributes.MemoryBytes + _localLinks.MemoryBytes + _serviceOfAttribute.MemoryBytes + _serviceOfString.MemoryBytes;

    /// <summary>Starts a request, which must stay unchanged until the last profile is read.</summary>
    /// <param name="request">A serialized ExportProfilesServiceRequest.</param>
    /// <param name="limits">Bounds of each profile.</param>
    /// <param name="error">Why the request as a whole is refused.</param>
    /// <param name="mayBeOld">Whether the numbering of 1.9 is looked for.</param>
    public bool TryOpen(ReadOnlyMemory<byte> request, DecodeLimits limits, out ProfileError error, bool mayBeOld = true)
    {
        Close();
        _request = request;
        _limits = limits;
        Open(mayBeOld);
        error = _error;
        return !error.IsError;
    }

    /// <summary>The next profile of one service; false after the last.</summary>
    /// <param name="target">The profile; undefined where <paramref name="error"/> is one.</param>
    /// <param name="error">Why this profile is refused; the others are not concerned.</param>
    public bool MoveNext(FlatProfile target, out ProfileError error)
    {
        _error = ProfileError.None;
        UnfoldedBytes = 0;
        if (!MoveToPart(_part + 1))
        {
            error = ProfileError.None;
            if (_profile + 1 >= _profiles.Count) return false;
            _profile++;
            _parts = 0;
            Labels = LabelSet.Empty;
            ReadProfile(_profiles[_profile]);
            if (!_error.IsError) SortByService();
        }
        if (!_error.IsError) Build(target);
        error = _error;
        return true;
    }

    /// <summary>Lets go of the request's bytes; tables keep their memory.</summary>
    public void Close()
    {
        _request = default;
        _error = ProfileError.None;
        _profile = -1;
        _part = _parts = 0;
        _labelsResource = _labelsScope = -1;
        ClearTables();
    }

    /// <summary>An index as it came: what is negative or beyond int is no index, and no bounds check lets it pass.</summary>
    private static int Index(ulong value) => value <= int.MaxValue ? (int)value : (long)value < 0 ? -1 : int.MaxValue;

    private bool Refuse(string message) => Refuse(ProfileErrorKind.Malformed, message);

    private bool Refuse(ProfileErrorKind kind, string message)
    {
        if (!_error.IsError) _error = new ProfileError(kind, message);
        return false;
    }

    private bool RefuseIndex(string field, int index, string table, int count) =>
        Refuse($"otlp: {field} is {index}, but {table} has {count} entries");

    private bool Capped(int count, int most, string what) =>
        count >= most && !Refuse(ProfileErrorKind.TooManyEntries, $"otlp: more than {most} {what} in one request");
}
