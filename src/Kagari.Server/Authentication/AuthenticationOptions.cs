namespace Kagari.Server.Authentication;

/// <summary>Who may ask and send what. Written up in docs/guide/authentication.md.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>File of users, tokens and certificates. Default: none.</summary>
    public string File { get; init; } = "";

    /// <summary>How often that file and the file of keys are read. Default: 10 seconds.</summary>
    public TimeSpan FileReloadPeriod { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether /metrics is answered to everyone. Default: true.</summary>
    public bool PublicMetrics { get; init; } = true;

    /// <summary>Failed logins of one address per period before more are refused unseen; 0: any number. Default: 20.</summary>
    public int FailedLoginsMax { get; init; } = 20;

    /// <summary>The period of <see cref="FailedLoginsMax"/>. Default: 1 minute.</summary>
    public TimeSpan FailedLoginsPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Tokens of an identity provider.</summary>
    public OidcOptions Oidc { get; init; } = new();

    /// <summary>Whether anybody has to say who they are.</summary>
    internal bool IsEnabled => File.Length > 0 || Oidc.Issuer.Length > 0;
}
