using System.Text.Unicode;

namespace Kagari.Profiles;

// Turns ids into indexes and checks every reference, so that no later code has to.
public sealed partial class PprofReader
{
    private readonly IdIndex _locations = new(), _functions = new(), _mappings = new();
    private bool _danglingLines;   // rare, so that the loop over all stacks need not look at lines

    private void Resolve(FlatProfile profile, DecodeLimits limits)
    {
        if (!CheckStrings(profile, limits)) return;
        _locations.Build(_locationIds.Span);
        _functions.Build(_functionIds.Span);
        _mappings.Build(_mappingIds.Span);
        if (!CheckStringReferences(profile)) return;
        if (!ResolveLocations(profile)) return;
        ResolveSamples(profile);
    }

    private bool CheckStrings(FlatProfile profile, DecodeLimits limits)
    {
        var strings = profile.Strings.Span;
        if (strings.Length == 0)
        {
            // A profile without any table is the empty message: it has no sample types, which the validator names.
            profile.Strings.Add(default);
            return true;
        }
        if (strings[0].Length != 0) return Refuse("string 0 should be empty string");
        var data = profile.Bytes.Span;
        for (var i = 0; i < strings.Length; i++)
        {
            var (start, length) = strings[i];
            if (limits.StringBytesMax > 0 && length > limits.StringBytesMax)
            {
                // The tail of a name tells more than its head; the cut must not split a character.
                var cut = length - limits.StringBytesMax;
                while (cut < length && (data[start + cut] & 0xC0) == 0x80) cut++;
                strings[i] = new StringRange(start += cut, length -= cut);
            }
            var text = data.Slice(start, length);
            if (!Utf8.IsValid(text)) return Refuse($"invalid utf8 string hex: {Convert.ToHexStringLower(text[..Math.Min(text.Length, 64)])}");
        }
        return true;
    }

    private bool CheckStringReferences(FlatProfile profile)
    {
        var count = profile.Strings.Count;
        foreach (ref readonly var type in profile.SampleTypes.Span)
            if (type.Type >= count || type.Unit >= count) return RefuseString("sample_type", Math.Max(type.Type, type.Unit), count);
        if (profile.PeriodType.Type >= count || profile.PeriodType.Unit >= count)
            return RefuseString("period_type", Math.Max(profile.PeriodType.Type, profile.PeriodType.Unit), count);
        foreach (ref readonly var label in profile.Labels.Span)
            if (label.Key >= count || label.Text >= count || label.NumberUnit >= count)
                return RefuseString("label", Math.Max(label.Key, Math.Max(label.Text, label.NumberUnit)), count);
        foreach (ref readonly var mapping in profile.Mappings.Span)
            if (mapping.FileName >= count || mapping.BuildId >= count)
                return RefuseString("mapping", Math.Max(mapping.FileName, mapping.BuildId), count);
        foreach (ref readonly var function in profile.Functions.Span)
            if (function.Name >= count || function.SystemName >= count || function.FileName >= count)
                return RefuseString("function", Math.Max(function.Name, Math.Max(function.SystemName, function.FileName)), count);
        foreach (var comment in profile.Comments.Span)
            if (comment >= count) return RefuseString("comment", comment, count);
        var other = Math.Max(profile.DefaultSampleType, Math.Max(profile.DropFrames, profile.KeepFrames));
        return other < count || RefuseString("profile", other, count);
    }

    private bool ResolveLocations(FlatProfile profile)
    {
        var locations = profile.Locations.Span;
        var lines = profile.Lines.Span;
        _danglingLines = false;
        for (var i = 0; i < locations.Length; i++)
        {
            var (_, lineStart, lineCount, address) = locations[i];
            for (var l = lineStart; l < lineStart + lineCount; l++)
            {
                var id = _lineFunctions[l];
                if (id == 0)
                {
                    if (!RepairZeroFunctionIds) return Refuse("function id is 0");
                    id = _locationIds[i];
                }
                lines[l] = lines[l] with { Function = _functions.Find(id) };
                _danglingLines |= lines[l].Function < 0;
            }
            var mapping = _locationMappings[i] == 0 ? -1 : _mappings.Find(_locationMappings[i]);
            locations[i] = new Location(mapping, lineStart, lineCount, address);
        }
        return true;
    }

    private void ResolveSamples(FlatProfile profile)
    {
        DanglingSamples = 0;
        var stacks = profile.Stacks.Span;
        var agree = _valueCountsAgree && (_valueCounts.Count == 0 || _valueCounts[0] == profile.SampleTypes.Count);
        if (agree && !_danglingLines && _wideIds.Count == 0 && _locations.TryResolveSequential(stacks)) return;
        var samples = profile.Samples.Span;
        var types = profile.SampleTypes.Count;
        var valueStart = 0;
        var kept = 0;
        for (var i = 0; i < samples.Length; i++)
        {
            if (_valueCounts[i] != types)
            {
                Refuse($"sample value length mismatch: sample {i} has {_valueCounts[i]} values for {types} sample types");
                return;
            }
            var dangling = false;
            foreach (ref var entry in stacks.Slice(samples[i].StackStart, samples[i].StackCount))
            {
                var id = entry < 0 ? _wideIds[~entry] : (ulong)entry;
                if (id == 0)
                {
                    Refuse("location id is 0");
                    return;
                }
                entry = _locations.Find(id);
                dangling |= entry < 0 || (_danglingLines && HasDanglingLine(profile, entry));
            }
            if (dangling)
            {
                DanglingSamples++;
                valueStart += types;
                continue;
            }
            if (kept != i)
            {
                samples[kept] = samples[i];
                profile.Values.Span.Slice(valueStart, types).CopyTo(profile.Values.Span[(kept * types)..]);
            }
            kept++;
            valueStart += types;
        }
        profile.Samples.Truncate(kept);
        profile.Values.Truncate(kept * types);
    }

    private static bool HasDanglingLine(FlatProfile profile, int location)
    {
        ref readonly var place = ref profile.Locations[location];
        foreach (ref readonly var line in profile.Lines.Span.Slice(place.LineStart, place.LineCount))
            if (line.Function < 0) return true;
        return false;
    }

    private bool Refuse(string message)
    {
        _error = ProfileError.Malformed(message);
        return false;
    }

    private bool RefuseString(string field, int index, int count) =>
        Refuse($"pprof: {field} refers to string {index}, but the string table has {count} entries");
}
