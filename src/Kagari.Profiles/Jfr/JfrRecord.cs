namespace Kagari.Profiles;

/// <summary>One event or constant, read by what the metadata says of its class: the fields that matter, by role.</summary>
/// <remarks>Fields that are missing are 0 and empty; those that this reader does not know are passed over. Reused.</remarks>
internal sealed class JfrRecord
{
    /// <summary>Values within values; real classes nest two deep.</summary>
    private const int NestingMax = 16;

    private readonly long[] _numbers = new long[JfrNames.RoleCount];
    private readonly JfrText[] _texts = new JfrText[JfrNames.RoleCount];

    /// <summary>The number, or the id of the constant, in a field.</summary>
    public long Number(JfrRole role) => _numbers[(int)role];

    /// <summary>The string in a field.</summary>
    public JfrText Text(JfrRole role) => _texts[(int)role];

    /// <summary>Reads a value of this class at the cursor; a failure is the cursor's.</summary>
    public void Read(ref JfrCursor cursor, JfrMetadata metadata, in JfrClass type)
    {
        Array.Clear(_numbers);
        Array.Clear(_texts);
        foreach (ref readonly var field in metadata.FieldsOf(type))
        {
            if (!cursor.TryStep()) return;
            if (field.Role == JfrRole.None || field.IsArray) Skip(ref cursor, metadata, field, 0);
            else ReadValue(ref cursor, metadata, field);
        }
    }

    /// <summary>Passes over a field, with all values in it.</summary>
    public static void Skip(ref JfrCursor cursor, JfrMetadata metadata, in JfrField field, int nesting)
    {
        var count = field.IsArray ? cursor.ReadCount() : 1;
        for (; count > 0 && cursor.TryStep(); count--) SkipValue(ref cursor, metadata, field, nesting);
    }

    private void ReadValue(ref JfrCursor cursor, JfrMetadata metadata, in JfrField field)
    {
        var name = field.Class < 0 ? JfrClassName.Other : metadata[field.Class].Name;
        if (name == JfrClassName.String)
            _texts[(int)field.Role] = field.IsConstant ? new JfrText(0, 0, JfrTextEncoding.Constant, cursor.ReadLong()) : cursor.ReadText();
        else if (field.IsConstant || name is >= JfrClassName.Boolean and <= JfrClassName.Long)
            _numbers[(int)field.Role] = field.IsConstant ? cursor.ReadLong() : ReadInteger(ref cursor, name);
        else Skip(ref cursor, metadata, field, 0);
    }

    private static long ReadInteger(ref JfrCursor cursor, JfrClassName name) => name switch
    {
        JfrClassName.Boolean or JfrClassName.Byte => cursor.ReadByte(),
        JfrClassName.Char or JfrClassName.Short => cursor.ReadShort(),
        JfrClassName.Int => cursor.ReadInt(),
        _ => cursor.ReadLong(),
    };

    private static void SkipValue(ref JfrCursor cursor, JfrMetadata metadata, in JfrField field, int nesting)
    {
        if (field.IsConstant)
        {
            cursor.ReadLong();
            return;
        }
        if (field.Class < 0 || nesting == NestingMax)
        {
            cursor.Fail();
            return;
        }
        var type = metadata[field.Class];
        switch (type.Name)
        {
            case >= JfrClassName.Boolean and <= JfrClassName.Long: ReadInteger(ref cursor, type.Name); break;
            case JfrClassName.Float: cursor.Skip(4); break;
            case JfrClassName.Double: cursor.Skip(8); break;
            case JfrClassName.String: cursor.ReadText(); break;
            default:
                foreach (ref readonly var inner in metadata.FieldsOf(type)) Skip(ref cursor, metadata, inner, nesting + 1);
                break;
        }
    }
}
