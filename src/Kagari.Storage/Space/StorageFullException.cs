namespace Kagari.Storage;

/// <summary>The disk is nearly full; nothing is written until there is space again.</summary>
public sealed class StorageFullException : IOException
{
    /// <summary>Names place, sizes and setting.</summary>
    public StorageFullException(string message)
        : base(message)
    {
    }

    /// <summary>Without details.</summary>
    public StorageFullException()
    {
    }
}
