using System.Collections.Concurrent;
using Google.Protobuf.Reflection;

namespace Kagari.Wire.Json;

/// <summary>What reader and writer need to know of one message type, looked up once per type.</summary>
internal sealed class MessagePlan
{
    private static readonly ConcurrentDictionary<MessageDescriptor, MessagePlan> Plans = new();

    private MessagePlan(MessageDescriptor descriptor)
    {
        Descriptor = descriptor;
        WellKnown = descriptor.FullName switch
        {
            "google.protobuf.Timestamp" => WellKnownType.Timestamp,
            "google.protobuf.Duration" => WellKnownType.Duration,
            "google.protobuf.Empty" => WellKnownType.None,
            var name when name.StartsWith("google.protobuf.", StringComparison.Ordinal) && descriptor.File.Package == "google.protobuf"
                => throw new NotSupportedException($"The JSON mapping of {name} is not implemented; see ProtoJson."),
            _ => WellKnownType.None,
        };
        Fields = [.. descriptor.Fields.InFieldNumberOrder().Select((f, i) => new FieldPlan(f, i))];
    }

    public MessageDescriptor Descriptor { get; }

    public WellKnownType WellKnown { get; }

    /// <summary>In the order of field numbers, which is the order of output.</summary>
    public FieldPlan[] Fields { get; }

    public static MessagePlan Of(MessageDescriptor descriptor) =>
        Plans.TryGetValue(descriptor, out var plan) ? plan : Plans.GetOrAdd(descriptor, static d => new MessagePlan(d));
}
