namespace Kagari.Storage;

/// <summary>Objects that grow at their end: the logs of the embedded store. Only a local disk can offer them.</summary>
public interface IAppendStore : IObjectStore
{
    /// <summary>Creates an empty object for appending.</summary>
    IAppendObject Create(string key);

    /// <summary>Opens an object for appending at its end, or creates it.</summary>
    IAppendObject Open(string key);

    /// <summary>Cuts an object at the end of what is whole: the torn tail after a crash.</summary>
    void Truncate(string key, long length);

    /// <summary>Replaces one object by another in one step, durably.</summary>
    void Rename(string key, string newKey);
}

/// <summary>An object that is appended to. One writer; not thread safe.</summary>
public interface IAppendObject : IDisposable
{
    /// <summary>Its key.</summary>
    string Key { get; }

    /// <summary>Its length.</summary>
    long Length { get; }

    /// <summary>Adds bytes at the end; they are visible to readers, not yet durable.</summary>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Makes everything appended durable.</summary>
    void Sync();
}
