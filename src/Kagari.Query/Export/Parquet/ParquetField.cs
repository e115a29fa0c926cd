namespace Kagari.Query;

/// <summary>Physical types; the numbers are those of the format.</summary>
internal enum ParquetType
{
    /// <summary>Eight bytes, low byte first.</summary>
    Int64 = 2,

    /// <summary>Any bytes.</summary>
    Bytes = 6,
}

/// <summary>How often a field is there; the numbers are those of the format.</summary>
internal enum ParquetRepetition
{
    /// <summary>Once.</summary>
    Required = 0,

    /// <summary>Once or not at all.</summary>
    Optional = 1,

    /// <summary>Any number of times.</summary>
    Repeated = 2,
}

/// <summary>What a field means.</summary>
internal enum ParquetMeaning
{
    /// <summary>What its physical type says.</summary>
    None,

    /// <summary>UTF-8.</summary>
    Text,

    /// <summary>Nanoseconds since 1970, UTC.</summary>
    TimeNanos,

    /// <summary>A repeated group with <c>key</c> and <c>value</c>.</summary>
    Map,

    /// <summary>A repeated group with one field.</summary>
    List,
}

/// <summary>A field of a schema: a column, or a group of fields.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Repetition">How often it is there.</param>
/// <param name="Type">Physical type of a column; null for a group.</param>
/// <param name="Meaning">What it means.</param>
/// <param name="Children">Fields of a group.</param>
internal sealed record ParquetField(string Name, ParquetRepetition Repetition, ParquetType? Type, ParquetMeaning Meaning, params ParquetField[] Children)
{
    public static ParquetField Text(string name, ParquetRepetition repetition = ParquetRepetition.Required) =>
        new(name, repetition, ParquetType.Bytes, ParquetMeaning.Text);

    public static ParquetField Int64(string name, ParquetMeaning meaning = ParquetMeaning.None) =>
        new(name, ParquetRepetition.Required, ParquetType.Int64, meaning);

    /// <summary>The standard form of three levels.</summary>
    public static ParquetField ListOf(string name, ParquetField element) =>
        new(name, ParquetRepetition.Required, null, ParquetMeaning.List, new ParquetField("list", ParquetRepetition.Repeated, null, ParquetMeaning.None, element));

    /// <summary>The standard form of three levels.</summary>
    public static ParquetField MapOf(string name, ParquetField key, ParquetField value) =>
        new(name, ParquetRepetition.Required, null, ParquetMeaning.Map, new ParquetField("key_value", ParquetRepetition.Repeated, null, ParquetMeaning.None, key, value));
}
