namespace Kagari.Storage;

/// <summary>Why stored data was removed.</summary>
public enum RemovalReason
{
    /// <summary>It was older than its period.</summary>
    Age,

    /// <summary>The tenant had more bytes than it may.</summary>
    Bytes,

    /// <summary>The disk was nearly full and the oldest data was to go first.</summary>
    Space,

    /// <summary>Somebody asked for it.</summary>
    Request,
}
