namespace Kagari.Client.Delivery;

/// <summary>What became of the profiles of one interval.</summary>
internal enum UploadOutcome
{
    /// <summary>The sink took them.</summary>
    Sent,

    /// <summary>The sink threw: the server refused them, or did not answer however often it was asked.</summary>
    Failed,

    /// <summary>They were never tried, or not to the end: too many waited, or the program ended.</summary>
    Dropped,
}
