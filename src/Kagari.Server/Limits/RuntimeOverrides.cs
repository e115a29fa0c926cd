using Kagari.Server.Configuration;

namespace Kagari.Server.Limits;

/// <summary>Limits of single tenants from a file that is read again while the server runs. Thread safe.</summary>
/// <remarks>
/// What a tenant does not name comes from the limits of everyone. A file that cannot be used changes nothing: the last good one
/// stays in force and the problem is reported, once per content.
/// </remarks>
public sealed class RuntimeOverrides : ILimitsProvider, IDisposable
{
    private readonly TenantLimits _defaults;
    private readonly WatchedFiles<IReadOnlyDictionary<string, TenantLimits>> _file;

    private RuntimeOverrides(TenantLimits defaults, WatchedFiles<IReadOnlyDictionary<string, TenantLimits>> file) => (_defaults, _file) = (defaults, file);

    /// <summary>The tenants with limits of their own.</summary>
    public IReadOnlyDictionary<string, TenantLimits> Tenants => _file.Value;

    /// <summary>Reads the file and goes on reading it.</summary>
    /// <param name="file">The file.</param>
    /// <param name="defaults">Limits of everyone.</param>
    /// <param name="period">Time between two readings.</param>
    /// <param name="time">The clock that wakes it.</param>
    /// <param name="report">Is told of problems and of changes, a sentence each.</param>
    /// <param name="readFile">Reads a file. Default: from disk.</param>
    /// <exception cref="ConfigurationException">The file cannot be used: a start should not go on without it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RuntimeOverrides Open(
        string file, TenantLimits defaults, TimeSpan period, TimeProvider time, Action<string> report, Func<string, string>? readFile = null)
    {
        var words = new WatchedFiles<IReadOnlyDictionary<string, TenantLimits>>.Words("the limits", tenants => $"limits of {tenants.Count} tenants are in force");
        return new RuntimeOverrides(defaults, WatchedFiles<IReadOnlyDictionary<string, TenantLimits>>.Open(
            [file], texts => OverridesFile.Parse(texts[0], file, defaults, report), words, period, time, report, readFile));
    }

    /// <inheritdoc/>
    public TenantLimits For(string tenant) => _file.Value.GetValueOrDefault(tenant, _defaults);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
