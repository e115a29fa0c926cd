namespace Kagari.Client.Hosting;

/// <summary>What one call of AddKagari said; all calls count, later ones win.</summary>
internal sealed record HostedConfigure(Action<KagariOptions> Apply);
