using System.Globalization;

namespace Kagari.Wire.Pushing;

/// <summary>Why bytes are no PushRequest.</summary>
/// <param name="Offset">Byte of the request body where the trouble is.</param>
/// <param name="What">What was found and expected.</param>
public sealed record PushError(int Offset, string What)
{
    /// <summary>The whole sentence, for the client.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"The push request is invalid at byte {Offset}: {What}.");
}
