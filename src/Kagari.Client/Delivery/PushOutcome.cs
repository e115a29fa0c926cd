namespace Kagari.Client.Delivery;

/// <summary>What one request led to.</summary>
internal enum PushOutcome
{
    /// <summary>Status 200: stored.</summary>
    Sent,

    /// <summary>No answer, 408, 429 or 5xx: the same bytes may be taken later.</summary>
    Retry,

    /// <summary>Any other status: the same bytes would be refused again.</summary>
    Refused,
}
