namespace Kagari.Profiles;

/// <summary>A profile of the request: where its bytes lie, and the resource and scope it stands under.</summary>
internal readonly record struct OtlpProfileRow(int Start, int End, int Resource, int Scope);

/// <summary>A mapping of the dictionary; its attributes are a range of the reader's index list.</summary>
internal readonly record struct OtlpMapping(
    ulong MemoryStart, ulong MemoryLimit, ulong FileOffset, int FileName, int AttributeStart, int AttributeCount)
{
    /// <summary>Whether it says nothing, as entry 0 should.</summary>
    public bool IsZero => (MemoryStart | MemoryLimit | FileOffset) == 0 && FileName == 0 && AttributeCount == 0;
}

/// <summary>A location of the dictionary; its lines are a range of the reader's lines.</summary>
internal readonly record struct OtlpLocation(int Mapping, int LineStart, int LineCount, ulong Address);

/// <summary>A line of a location; function 0 is none.</summary>
internal readonly record struct OtlpLine(int Function, long LineNumber, long Column);

/// <summary>A link of the dictionary: ranges of the request's bytes.</summary>
internal readonly record struct OtlpLink(StringRange Trace, StringRange Span);

/// <summary>An attribute of the dictionary; the key is an index of a string.</summary>
internal readonly record struct OtlpAttribute(int Key, OtlpValue Value);

/// <summary>A sample of the profile at hand. Value is what it adds; Service is an ordinal of the reader's services.</summary>
internal readonly record struct OtlpSample(int Stack, int AttributeStart, int AttributeCount, int Link, int Service, long Value);

/// <summary>A value of an attribute: a text of the request's bytes, a text of the string table (Number), or a number.</summary>
internal readonly record struct OtlpValue(OtlpValueKind Kind, StringRange Text, long Number);

/// <summary>What an <see cref="OtlpValue"/> holds.</summary>
internal enum OtlpValueKind
{
    /// <summary>Nothing that makes a label: absent, a truth value, a fraction, bytes, a list.</summary>
    None,

    /// <summary>A text in place.</summary>
    Text,

    /// <summary>A text of the string table.</summary>
    Indexed,

    /// <summary>A whole number.</summary>
    Number,
}
