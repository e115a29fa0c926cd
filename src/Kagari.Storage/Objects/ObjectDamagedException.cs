namespace Kagari.Storage;

/// <summary>Bytes of an object are not what was written: names the object, the byte, what was found and expected.</summary>
public sealed class ObjectDamagedException : IOException
{
    /// <summary>Names the place.</summary>
    public ObjectDamagedException(string key, long offset, string what)
        : base($"Object '{key}' at byte {offset}: {what}.")
    {
        Key = key;
        Offset = offset;
    }

    /// <summary>Without details.</summary>
    public ObjectDamagedException()
    {
    }

    /// <summary>The object.</summary>
    public string Key { get; } = "?";

    /// <summary>Where in it.</summary>
    public long Offset { get; }
}
