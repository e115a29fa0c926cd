using Kagari.Server.Configuration;

namespace Kagari.Server.Limits;

/// <summary>Limits of single tenants from a file that is read again while the server runs. Thread safe.</summary>
/// <remarks>
/// What a tenant does not name comes from the limits of everyone. A file that cannot be used changes nothing: the last good one
/// stays in force and the problem is reported, once per content.
/// </remarks>
public sealed class RuntimeOverrides : ILimitsProvider, IDisposable
{
    private readonly string _file;
    private readonly TenantLimits _defaults;
    private readonly Func<string, string> _readFile;
    private readonly Action<string> _report;
    private readonly Lock _gate = new();
    private volatile IReadOnlyDictionary<string, TenantLimits> _tenants;
    private string? _seen;
    private ITimer? _timer;

    private RuntimeOverrides(string file, TenantLimits defaults, Func<string, string> readFile, Action<string> report)
    {
        (_file, _defaults, _readFile, _report) = (file, defaults, readFile, report);
        _seen = readFile(file);
        _tenants = OverridesFile.Parse(_seen, file, defaults, report);
    }

    /// <summary>The tenants with limits of their own.</summary>
    public IReadOnlyDictionary<string, TenantLimits> Tenants => _tenants;

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
        var overrides = new RuntimeOverrides(file, defaults, readFile ?? File.ReadAllText, report);
        overrides._timer = time.CreateTimer(_ => overrides.Reload(), null, period, period);
        return overrides;
    }

    /// <inheritdoc/>
    public TenantLimits For(string tenant) => _tenants.GetValueOrDefault(tenant, _defaults);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    private void Reload()
    {
        lock (_gate)
        {
            string text;
            try
            {
                text = _readFile(_file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (_seen is not null) _report($"{_file} cannot be read; the limits stay as they are: {e.Message}");
                _seen = null;
                return;
            }
            if (text == _seen) return;
            _seen = text;
            try
            {
                _tenants = OverridesFile.Parse(text, _file, _defaults, _report);
                _report($"{_file} has changed; limits of {_tenants.Count} tenants are in force.");
            }
            catch (ConfigurationException e)
            {
                _report($"{_file} has changed and cannot be used; the limits stay as they are: {string.Join("; ", e.Errors)}");
            }
        }
    }
}
