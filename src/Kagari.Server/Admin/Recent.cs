namespace Kagari.Server.Admin;

/// <summary>The last so many of something. Thread safe without locks: whoever adds never waits.</summary>
/// <param name="count">How many are kept.</param>
internal sealed class Recent<T>(int count)
    where T : class
{
    private readonly T?[] _items = new T?[count];
    private long _added;

    public void Add(T item) => Volatile.Write(ref _items[(Interlocked.Increment(ref _added) - 1) % count], item);

    /// <summary>Those that are kept, the last first. What is added meanwhile may be in it or not.</summary>
    public IReadOnlyList<T> List()
    {
        var added = Interlocked.Read(ref _added);
        var items = new List<T>(count);
        for (var i = added - 1; i >= Math.Max(0, added - count); i--)
            if (Volatile.Read(ref _items[i % count]) is { } item) items.Add(item);
        return items;
    }
}
