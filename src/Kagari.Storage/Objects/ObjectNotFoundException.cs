namespace Kagari.Storage;

/// <summary>An object that should be there is not.</summary>
public sealed class ObjectNotFoundException : IOException
{
    /// <summary>Names the object.</summary>
    public ObjectNotFoundException(string key, Exception? inner = null)
        : base($"Object '{key}' is not in the store.", inner) => Key = key;

    /// <summary>Without details.</summary>
    public ObjectNotFoundException()
        : this("?")
    {
    }

    /// <summary>The object.</summary>
    public string Key { get; } = "?";
}
