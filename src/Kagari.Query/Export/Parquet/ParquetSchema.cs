namespace Kagari.Query;

/// <summary>Writes a schema as the list that it is in a footer: depth first, each group with the number of its children.</summary>
internal static class ParquetSchema
{
    public static void Write(int field, IReadOnlyList<ParquetField> schema, ref ThriftWriter file)
    {
        file.Structs(field, 1 + schema.Sum(Count));
        file.Begin();
        file.Binary(4, "schema"u8);
        file.Int32(5, schema.Count);
        file.End();
        foreach (var child in schema) Write(child, ref file);
    }

    private static int Count(ParquetField field) => 1 + field.Children.Sum(Count);

    private static void Write(ParquetField field, ref ThriftWriter file)
    {
        file.Begin();
        if (field.Type is { } type) file.Int32(1, (int)type);
        file.Int32(3, (int)field.Repetition);
        file.Binary(4, System.Text.Encoding.UTF8.GetBytes(field.Name));
        if (field.Type is null) file.Int32(5, field.Children.Length);
        if (Converted(field.Meaning) is { } converted) file.Int32(6, converted);
        if (field.Meaning != ParquetMeaning.None) WriteMeaning(field.Meaning, ref file);
        file.End();
        foreach (var child in field.Children) Write(child, ref file);
    }

    /// <summary>The older way to say it, for older readers. There was none for nanoseconds.</summary>
    private static int? Converted(ParquetMeaning meaning) => meaning switch
    {
        ParquetMeaning.Text => 0,
        ParquetMeaning.Map => 1,
        ParquetMeaning.List => 3,
        _ => null,
    };

    private static void WriteMeaning(ParquetMeaning meaning, ref ThriftWriter file)
    {
        file.Struct(10);
        switch (meaning)
        {
            case ParquetMeaning.Text: file.Empty(1); break;
            case ParquetMeaning.Map: file.Empty(2); break;
            case ParquetMeaning.List: file.Empty(3); break;
            default:
                file.Struct(8);
                file.Boolean(1, true);
                file.Struct(2);
                file.Empty(3);
                file.End();
                file.End();
                break;
        }
        file.End();
    }
}
