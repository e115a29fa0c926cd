namespace Kagari.Cli.Connection;

/// <summary>A call did not succeed: says URL, status and the server's own words.</summary>
internal sealed class ServerException(string message, Exception? inner = null) : Exception(message, inner);
