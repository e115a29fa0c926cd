namespace Kagari.Wire.Json;

/// <summary>JSON that is no such message; the text names the field by its path.</summary>
public sealed class ProtoJsonException : FormatException
{
    /// <summary>An error without text.</summary>
    public ProtoJsonException() { }

    /// <summary>An error that says what was found, what was expected and where.</summary>
    public ProtoJsonException(string message) : base(message) { }

    /// <summary>The same with its cause.</summary>
    public ProtoJsonException(string message, Exception innerException) : base(message, innerException) { }
}
