namespace Kagari.Storage;

/// <summary>Settings of <see cref="DiskSpace"/>.</summary>
public sealed record DiskSpaceOptions
{
    /// <summary>
    /// Bytes that stay free. Default 512 MiB; 0 switches the watch off. Of a disk smaller than 10 GiB at most a
    /// twentieth is kept free, so that small disks can be used.
    /// </summary>
    public long MinFreeBytes { get; init; } = 512 << 20;

    /// <summary>What gives way. Default: new profiles.</summary>
    public FullDiskPolicy WhenFull { get; init; }
}
