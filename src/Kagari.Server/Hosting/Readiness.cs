namespace Kagari.Server.Hosting;

/// <summary>Whether the server takes requests; false while it starts and while it stops.</summary>
internal sealed class Readiness
{
    private volatile bool _isReady;

    public bool IsReady
    {
        get => _isReady;
        set => _isReady = value;
    }
}
