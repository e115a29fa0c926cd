namespace Kagari.Simulation;

/// <summary>What the disk is asked to do: each is a step at which it may fail, be slow or die.</summary>
internal enum DiskCall
{
    Read,
    Write,
    Sync,
    Create,
    Rename,
    Delete,
    Truncate,
    List,
    SyncDirectory,
}
