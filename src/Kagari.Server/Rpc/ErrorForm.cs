namespace Kagari.Server.Rpc;

/// <summary>Metadata of an endpoint: how its clients read errors. Without it, as <see cref="HttpErrors"/> writes them.</summary>
internal sealed class ErrorForm
{
    /// <summary>Plain text and a status: OTLP over HTTP.</summary>
    public static readonly ErrorForm Text = new();

    /// <summary>That of the call's protocol.</summary>
    public static readonly ErrorForm Rpc = new();

    private ErrorForm()
    {
    }
}
