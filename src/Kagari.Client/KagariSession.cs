namespace Kagari.Client;

/// <summary>Profiling of this process, as long as it runs.</summary>
public sealed class KagariSession : IDisposable
{
    internal KagariSession(KagariOptions options) => Profiles = options.Profiles;

    /// <summary>What is profiled; can be changed at any time.</summary>
    public ProfileKinds Profiles { get; set; }

    /// <summary>Uploads what is there and ends profiling.</summary>
    public void Dispose()
    {
    }
}
