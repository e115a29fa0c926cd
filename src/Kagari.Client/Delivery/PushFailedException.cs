namespace Kagari.Client.Delivery;

/// <summary>An upload was given up. Whoever throws it has told the user why.</summary>
internal sealed class PushFailedException(string message) : Exception(message);
