using System.Text;
using System.Text.Unicode;
using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>A column of function names. A name of a dataset is looked up once per dictionary, then by its number.</summary>
internal sealed class NameColumn(ColumnChunkWriter column)
{
    private NameView _names;
    private FlatList<int> _ids;   // by number of the name, 1 more than in the dictionary; 0: not looked up yet
    private int _generation = -1;

    /// <summary>Texts that lists, dictionaries and readers take must be UTF-8: what is none in a name becomes U+FFFD.</summary>
    public void Add(NameView names, int name, int repetition = 0)
    {
        if (!column.HasDictionary)
        {
            column.Add(Valid(names[name]), repetition);
            return;
        }
        if (_generation != column.Generation || !names.Ends.Equals(_names.Ends)) Forget(names);
        ref var id = ref _ids[name];
        if (id == 0) id = column.Intern(Valid(names[name])) + 1;
        column.AddKnown(id - 1, repetition);
    }

    /// <summary>An empty stack.</summary>
    public void AddMissing() => column.AddMissing();

    private void Forget(NameView names)
    {
        (_names, _generation) = (names, column.Generation);
        _ids.Clear();
        _ids.Resize(names.Ends.Length);
    }

    private static ReadOnlySpan<byte> Valid(ReadOnlySpan<byte> text) =>
        Utf8.IsValid(text) ? text : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
}
