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
            "google.protobuf.Any" or "google.protobuf.FieldMask" or
            "google.protobuf.Struct" or "google.protobuf.Value" or "google.protobuf.ListValue" or
            "google.protobuf.BoolValue" or "google.protobuf.BytesValue" or "google.protobuf.StringValue" or
            "google.protobuf.DoubleValue" or "google.protobuf.FloatValue" or
            "google.protobuf.Int32Value" or "google.protobuf.Int64Value" or "google.protobuf.UInt32Value" or "google.protobuf.UInt64Value"
                => throw new NotSupportedException($"The JSON mapping of {descriptor.FullName} is not implemented; see ProtoJson."),
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
