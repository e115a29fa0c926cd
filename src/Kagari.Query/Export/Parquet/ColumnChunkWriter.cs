using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Query;

/// <summary>Collects what a row group holds of one column, as pages that are compressed as soon as they are full.</summary>
/// <remarks>
/// It begins with a dictionary. Where the first page shows that there is little to share, or the dictionary outgrows its
/// limit, the rest of the chunk is plain. Pages end with rows. Values are bytes without a length, numbers eight of them.
/// </remarks>
internal sealed partial class ColumnChunkWriter(ParquetColumn column, ParquetLimits limits, PageWriter pages)
{
    private readonly NameTable _dictionary = new();
    private FlatList<int> _definitions, _repetitions, _ids;
    private FlatList<byte> _plain;
    private ValueBounds _bounds;
    private int _pageValues, _dictionaryBytes;
    private long _values, _missing;

    /// <summary>Whether values are numbers of a dictionary at this place.</summary>
    public bool HasDictionary { get; private set; } = true;

    /// <summary>Changes when the numbers given out by <see cref="Intern"/> end.</summary>
    public int Generation { get; private set; }

    /// <summary>Bytes collected.</summary>
    public int HeldBytes => _pages.Count + _dictionaryBytes + _plain.Count + (_ids.Count * sizeof(int));

    /// <summary>Adds a value.</summary>
    /// <param name="value">Its bytes.</param>
    /// <param name="repetition">0 begins a row, 1 goes on with its list.</param>
    public void Add(ReadOnlySpan<byte> value, int repetition = 0)
    {
        if (HasDictionary)
        {
            AddKnown(Intern(value), repetition);
            return;
        }
        AddLevels(column.DefinitionMax, repetition);
        _bounds.Add(value, column.Type);
        AddPlain(value, ref _plain);
    }

    /// <summary>The number of a value in the dictionary, which must be there.</summary>
    public int Intern(ReadOnlySpan<byte> value)
    {
        var count = _dictionary.Count;
        var id = _dictionary.Intern(value);
        if (id < count) return id;
        _dictionaryBytes += PlainBytes(value);
        _bounds.Add(value, column.Type);
        return id;
    }

    /// <summary>Adds a value by its number.</summary>
    public void AddKnown(int id, int repetition = 0)
    {
        AddLevels(column.DefinitionMax, repetition);
        _ids.Add(id);
    }

    /// <summary>Adds a row without a value: null, or an empty list.</summary>
    public void AddMissing()
    {
        _missing++;
        AddLevels(0, 0);
    }

    /// <summary>Ends a row; a full page is closed.</summary>
    public void EndRow()
    {
        if (HasDictionary && _dictionaryBytes > limits.DictionaryBytesMax)
        {
            ClosePage();
            LeaveDictionary();
        }
        else if (_pageValues >= limits.PageValuesMax || _plain.Count >= limits.PageBytesMax) ClosePage();
    }

    private void AddLevels(int definition, int repetition)
    {
        _pageValues++;
        if (column.DefinitionMax > 0) _definitions.Add(definition);
        if (column.RepetitionMax > 0) _repetitions.Add(repetition);
    }

    private void LeaveDictionary()
    {
        HasDictionary = false;
        Generation++;
    }

    private int PlainBytes(ReadOnlySpan<byte> value) => value.Length + (column.Type == ParquetType.Bytes ? sizeof(int) : 0);

    private void AddPlain(ReadOnlySpan<byte> value, ref FlatList<byte> output)
    {
        if (column.Type == ParquetType.Bytes) output.AddUInt32((uint)value.Length);
        output.AddRange(value);
    }
}
