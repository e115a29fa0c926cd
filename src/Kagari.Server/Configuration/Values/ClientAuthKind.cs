using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Authentication.Tls;

namespace Kagari.Server.Configuration.Values;

/// <summary>What is asked of clients' certificates, in Go's names.</summary>
internal sealed class ClientAuthKind : ValueKind<ClientAuthType>
{
    public override string Name => "mode";

    public override string Format(ClientAuthType value) => value.ToString();

    protected override bool TryParse(string text, [NotNullWhen(true)] out ClientAuthType value, [NotNullWhen(false)] out string? error)
    {
        var index = Array.IndexOf(Enum.GetNames<ClientAuthType>(), text.Trim());
        value = index < 0 ? default : Enum.GetValues<ClientAuthType>()[index];
        error = index < 0 ? $"'{text}' is not known; known: {string.Join(", ", Enum.GetNames<ClientAuthType>())}" : null;
        return error is null;
    }
}
