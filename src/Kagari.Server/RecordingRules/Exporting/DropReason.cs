namespace Kagari.Server.RecordingRules.Exporting;

/// <summary>Why samples were given up.</summary>
internal enum DropReason
{
    /// <summary>The receiver says that it will never take them.</summary>
    Refused,

    /// <summary>Too many bytes waited; the oldest went.</summary>
    QueueFull,

    /// <summary>What waited could not be read back.</summary>
    Unreadable,

    /// <summary>They could not be written to wait, as on a full disk.</summary>
    NotStored,
}
