using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>A query needs more memory than one query may take.</summary>
public sealed class QueryTooLargeException : InvalidOperationException
{
    /// <summary>Names the sizes.</summary>
    public QueryTooLargeException(long bytes, long limit)
        : base($"The query needs {ByteSize.Format(bytes)} of memory; the limit of one query is {ByteSize.Format(limit)} (limits.max_query_memory_bytes). Ask for a shorter time, or for fewer series.")
    {
    }

    /// <summary>Without details.</summary>
    public QueryTooLargeException()
    {
    }
}
