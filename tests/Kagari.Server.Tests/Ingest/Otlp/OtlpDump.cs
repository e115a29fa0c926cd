using Google.Protobuf;
using Kagari.Testing;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Tests.Ingest.Otlp;

/// <summary>A request of the real eBPF profiler, of protocol 1.9: its bytes, the same in 1.10, and what is in it.</summary>
internal static class OtlpDump
{
    /// <summary>The bytes as they were sent.</summary>
    public static byte[] Old => File.ReadAllBytes(Path.Combine(Repository.Shared("other"), "profile.otlp"));

    /// <summary>The same with samples numbered as in 1.10: fields 2, 3, 4 become 4, 2, 3.</summary>
    public static byte[] New => Renumber(Old, 1, 2, 2, 2);

    public static ExportProfilesServiceRequest Message => ExportProfilesServiceRequest.Parser.ParseFrom(New);

    /// <summary>The stacks of a service as the server should draw them, from the generated messages.</summary>
    public static string Draw(string service)
    {
        var (request, totals) = (Message, new Dictionary<string, long>());
        foreach (var resource in request.ResourceProfiles)
        {
            var name = resource.Resource.Attributes.SingleOrDefault(a => a.Key == "service.name")?.Value.StringValue;
            if ((string.IsNullOrEmpty(name) ? "unknown_service" : name) != service) continue;
            foreach (var profile in resource.ScopeProfiles.SelectMany(s => s.Profiles))
                foreach (var sample in profile.Samples)
                {
                    var stack = string.Join(';', request.Dictionary.StackTable[sample.StackIndex].LocationIndices.Reverse().SelectMany(l => Frames(request.Dictionary, l)));
                    totals[stack] = totals.GetValueOrDefault(stack) + (sample.TimestampsUnixNano.Count * profile.Period);
                }
        }
        return string.Join(" | ", totals.Select(t => $"{t.Key} {t.Value}").Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Frames(ProfilesDictionary dictionary, int index)
    {
        var location = dictionary.LocationTable[index];
        if (location.Lines.Count > 0)
            return location.Lines.Reverse().Select(l => dictionary.StringTable[dictionary.FunctionTable[l.FunctionIndex].NameStrindex].Replace("[go.shape.string]", "").Replace("[go.shape.*uint8]", ""));
        if (location.Address == 0) return [];   // a frame of which nothing is known is none
        var file = dictionary.StringTable[dictionary.MappingTable[location.MappingIndex].FilenameStrindex];
        return [$"{Path.GetFileName(file)}!0x{location.Address:x}"];
    }

    /// <summary>Copies a message; the fields of the path lead to samples.</summary>
    private static byte[] Renumber(byte[] message, params int[] path)
    {
        var output = new List<byte>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            var (field, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
            var number = path.Length > 0 ? field : field switch { 2 => 4, 3 => 2, 4 => 3, _ => field };
            output.AddRange(type switch
            {
                WireFormat.WireType.LengthDelimited => OtlpRequest.Message(number, path.Length > 0 && field == path[0] ? Renumber(input.ReadBytes().ToByteArray(), path[1..]) : input.ReadBytes().ToByteArray()),
                WireFormat.WireType.Varint => OtlpRequest.Number(number, input.ReadUInt64()),
                WireFormat.WireType.Fixed64 => OtlpRequest.Fixed(number, input.ReadFixed64()),
                _ => throw new InvalidDataException($"wire type {type}"),
            });
        }
        return [.. output];
    }
}
