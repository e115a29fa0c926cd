using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Google.Protobuf.Reflection;

namespace Kagari.Wire.Json;

/// <summary>One field of a <see cref="MessagePlan"/>: its names as bytes and its accessor.</summary>
internal sealed class FieldPlan
{
    private MessagePlan? _message;

    public FieldPlan(FieldDescriptor field, int index)
    {
        if (field.FieldType == FieldType.Group) throw new NotSupportedException($"Field {field.FullName} is a group; see ProtoJson.");
        Field = field;
        Index = index;
        Accessor = field.Accessor;
        Type = field.FieldType;
        IsMap = field.IsMap;
        IsRepeated = field.IsRepeated && !field.IsMap;
        HasPresence = field.HasPresence;
        JsonName = Encoding.UTF8.GetBytes(field.JsonName);
        ProtoName = Encoding.UTF8.GetBytes(field.Name);
        EncodedName = JsonEncodedText.Encode(field.JsonName, JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
        if (IsMap)
        {
            MapKey = new FieldPlan(field.MessageType.FindFieldByNumber(1), 0);
            MapValue = new FieldPlan(field.MessageType.FindFieldByNumber(2), 1);
        }
    }

    public FieldDescriptor Field { get; }

    /// <summary>Position in <see cref="MessagePlan.Fields"/>.</summary>
    public int Index { get; }

    public IFieldAccessor Accessor { get; }

    public FieldType Type { get; }

    public bool IsMap { get; }

    public bool IsRepeated { get; }

    public bool HasPresence { get; }

    public byte[] JsonName { get; }

    public byte[] ProtoName { get; }

    public JsonEncodedText EncodedName { get; }

    public FieldPlan? MapKey { get; }

    public FieldPlan? MapValue { get; }

    /// <summary>The plan of a message field's type; looked up late, because message types may contain themselves.</summary>
    public MessagePlan Message => _message ??= MessagePlan.Of(Field.MessageType);
}
