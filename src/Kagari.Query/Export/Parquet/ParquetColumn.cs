namespace Kagari.Query;

/// <summary>A column: a field without children, and how many fields above and with it repeat or may be missing.</summary>
/// <param name="Path">Names from the top.</param>
/// <param name="Type">Physical type.</param>
/// <param name="DefinitionMax">Level at which a value is there. 0: always.</param>
/// <param name="RepetitionMax">Level at which the innermost list goes on. 0: no list.</param>
internal sealed record ParquetColumn(IReadOnlyList<string> Path, ParquetType Type, int DefinitionMax, int RepetitionMax)
{
    /// <summary>The columns of a schema, in the order of the schema, which is that of chunks in a row group.</summary>
    public static IEnumerable<ParquetColumn> Of(IEnumerable<ParquetField> schema) => schema.SelectMany(f => Of(f, [], 0, 0));

    private static IEnumerable<ParquetColumn> Of(ParquetField field, IReadOnlyList<string> above, int definition, int repetition)
    {
        string[] path = [.. above, field.Name];
        if (field.Repetition != ParquetRepetition.Required) definition++;
        if (field.Repetition == ParquetRepetition.Repeated) repetition++;
        return field.Type is { } type ? [new ParquetColumn(path, type, definition, repetition)] : field.Children.SelectMany(c => Of(c, path, definition, repetition));
    }
}
