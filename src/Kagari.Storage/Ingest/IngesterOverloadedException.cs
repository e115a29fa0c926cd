namespace Kagari.Storage;

/// <summary>More rows wait for the disk than are allowed to; the client should send again later.</summary>
public sealed class IngesterOverloadedException : IOException
{
    /// <summary>Names the sizes.</summary>
    public IngesterOverloadedException(long pendingBytes, long limit)
        : base($"The ingester has {pendingBytes} bytes that wait for the disk; the limit is {limit}. Try again later.")
    {
    }

    /// <summary>Without details.</summary>
    public IngesterOverloadedException()
    {
    }
}
