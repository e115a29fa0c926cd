namespace Kagari.Storage;

/// <summary>What gives way when the disk is nearly full.</summary>
public enum FullDiskPolicy
{
    /// <summary>New profiles: pushes are refused until there is space again.</summary>
    Refuse,

    /// <summary>The oldest profiles of all tenants, block by block.</summary>
    DeleteOldest,
}
