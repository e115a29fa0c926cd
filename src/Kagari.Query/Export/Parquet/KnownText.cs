namespace Kagari.Query;

/// <summary>A text that goes into one column again and again; it is looked up once per dictionary.</summary>
internal sealed class KnownText(string text)
{
    private readonly byte[] _utf8 = System.Text.Encoding.UTF8.GetBytes(text);
    private int _id, _generation = -1;

    public void AddTo(ColumnChunkWriter column, int repetition = 0)
    {
        if (!column.HasDictionary)
        {
            column.Add(_utf8, repetition);
            return;
        }
        if (_generation != column.Generation) (_id, _generation) = (column.Intern(_utf8), column.Generation);
        column.AddKnown(_id, repetition);
    }
}
