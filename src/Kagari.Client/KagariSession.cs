namespace Kagari.Client;

/// <summary>Profiling of this process, as long as it runs.</summary>
public sealed class KagariSession : IDisposable
{
    private readonly KagariOptions _options;

    internal KagariSession(KagariOptions options)
    {
        _options = options;
        Profiles = options.Profiles;
    }

    /// <summary>What is profiled; can be changed at any time.</summary>
    public ProfileKinds Profiles { get; set; }

    /// <summary>Other credentials from the next upload on.</summary>
    internal void SetBasicAuth(string user, string password)
    {
        _options.BasicAuthUser = user;
        _options.BasicAuthPassword = password;
    }

    /// <summary>Uploads what is there and ends profiling.</summary>
    public void Dispose()
    {
    }
}
