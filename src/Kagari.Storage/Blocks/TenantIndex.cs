using System.Text;
using Kagari.Profiles;

namespace Kagari.Storage;

/// <summary>Which datasets of a block have a label pair: for selectors that name no service.</summary>
/// <remarks>
/// <code>
/// names    count | each: text, values
/// values   of each name: text, datasets | gaps of dataset numbers
/// </code>
/// Texts are sorted. A name with very many values (an id per request) would cost more than the datasets it saves, so
/// names with more than <see cref="ValuesMax"/> values are left out; such matchers are asked of the datasets.
/// </remarks>
internal sealed class TenantIndex
{
    public const int ValuesMax = 4096;

    private readonly SortedDictionary<string, SortedDictionary<string, List<int>>> _names = new(StringComparer.Ordinal);

    /// <summary>Bytes of memory held, about.</summary>
    public long MemoryBytes => _names.Sum(n => 200L + n.Value.Sum(v => 150L + (4L * v.Value.Count)));

    /// <summary>Label names that are indexed.</summary>
    public IReadOnlyCollection<string> Names => _names.Keys;

    /// <summary>Values of a name with the datasets that have them; null where the name is not indexed.</summary>
    public IReadOnlyDictionary<string, List<int>>? ValuesOf(string name) => _names.GetValueOrDefault(name);

    public void Add(int dataset, IEnumerable<LabelSet> series)
    {
        foreach (var label in series.SelectMany(s => s).Distinct())
        {
            if (!_names.TryGetValue(label.Name, out var values)) _names.Add(label.Name, values = new(StringComparer.Ordinal));
            if (!values.TryGetValue(label.Value, out var datasets)) values.Add(label.Value, datasets = []);
            datasets.Add(dataset);
        }
    }

    public void Encode(ref FlatList<byte> output)
    {
        var kept = _names.Where(n => n.Value.Count <= ValuesMax).ToList();
        output.AddVarint(kept.Count);
        foreach (var (name, values) in kept)
        {
            output.AddBytes(Encoding.UTF8.GetBytes(name));
            output.AddVarint(values.Count);
        }
        foreach (var (_, values) in kept)
        {
            foreach (var (value, datasets) in values)
            {
                output.AddBytes(Encoding.UTF8.GetBytes(value));
                output.AddVarint(datasets.Count);
                var last = 0;
                foreach (var dataset in datasets)
                {
                    output.AddVarint(dataset - last);
                    last = dataset;
                }
            }
        }
    }

    /// <summary>Reads the section; null where it is damaged.</summary>
    public static TenantIndex? TryDecode(ReadOnlySpan<byte> bytes, int datasetCount)
    {
        var cursor = new ByteCursor(bytes);
        var index = new TenantIndex();
        var names = new (string Name, int Values)[cursor.ReadInt32(cursor.Remaining)];
        foreach (ref var name in names.AsSpan()) name = (Encoding.UTF8.GetString(cursor.ReadBytes()), cursor.ReadInt32(ValuesMax));
        foreach (var (name, count) in names)
        {
            if (cursor.Failed || !index._names.TryAdd(name, new(StringComparer.Ordinal))) return null;
            for (var i = 0; i < count && !cursor.Failed; i++)
            {
                var value = Encoding.UTF8.GetString(cursor.ReadBytes());
                var datasets = new List<int>();
                var dataset = 0L;
                for (var n = cursor.ReadInt32(datasetCount); n > 0 && !cursor.Failed; n--)
                {
                    dataset += cursor.ReadInt32();
                    if (dataset >= datasetCount) return null;
                    datasets.Add((int)dataset);
                }
                if (!index._names[name].TryAdd(value, datasets)) return null;
            }
        }
        return cursor.Failed || !cursor.AtEnd ? null : index;
    }
}
