namespace Kagari.Server.Configuration;

/// <summary>What files say, read again while the server runs. Thread safe.</summary>
/// <remarks>
/// Files that cannot be used change nothing: what they last said stays in force and the problem is reported, once per content.
/// Files of one kind are read together, as a certificate and its key: what is half replaced is another content that cannot be used.
/// </remarks>
/// <typeparam name="T">What is made of the texts.</typeparam>
internal sealed class WatchedFiles<T> : IDisposable
    where T : class
{
    private readonly IReadOnlyList<string> _files;
    private readonly Func<IReadOnlyList<string>, T> _parse;
    private readonly Func<string, string> _readFile;
    private readonly Words _words;
    private readonly Action<string> _report;
    private readonly Lock _gate = new();
    private volatile T _value;
    private IReadOnlyList<string>? _seen;
    private ITimer? _timer;

    private WatchedFiles(IReadOnlyList<string> files, Func<IReadOnlyList<string>, T> parse, Words words, Action<string> report, Func<string, string> readFile)
    {
        (_files, _parse, _words, _report, _readFile) = (files, parse, words, report, readFile);
        _seen = ReadAll();
        _value = parse(_seen);
    }

    /// <summary>What is in force.</summary>
    public T Value => _value;

    private string Names => string.Join(", ", _files);

    /// <summary>Reads the files and goes on reading them.</summary>
    /// <param name="files">Their paths.</param>
    /// <param name="parse">Makes something of their texts; throws <see cref="ConfigurationException"/> where it cannot.</param>
    /// <param name="words">How reports name it.</param>
    /// <param name="period">Time between two readings.</param>
    /// <param name="time">The clock that wakes it.</param>
    /// <param name="report">Is told of problems and of changes, a sentence each.</param>
    /// <param name="readFile">Reads a file. Default: from disk.</param>
    /// <exception cref="ConfigurationException">The files cannot be used: a start should not go on without them.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static WatchedFiles<T> Open(
        IReadOnlyList<string> files, Func<IReadOnlyList<string>, T> parse, Words words, TimeSpan period, TimeProvider time,
        Action<string> report, Func<string, string>? readFile = null)
    {
        var watched = new WatchedFiles<T>(files, parse, words, report, readFile ?? File.ReadAllText);
        watched._timer = time.CreateTimer(_ => watched.Reload(), null, period, period);
        return watched;
    }

    public void Dispose() => _timer?.Dispose();

    private string[] ReadAll() => [.. _files.Select(_readFile)];

    private void Reload()
    {
        lock (_gate)
        {
            string[] texts;
            try
            {
                texts = ReadAll();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (_seen is not null) _report($"{Names} cannot be read; {_words.What} stay as they are: {e.Message}");
                _seen = null;
                return;
            }
            if (_seen is not null && texts.SequenceEqual(_seen)) return;
            _seen = texts;
            try
            {
                _value = _parse(texts);
                _report($"{Names} has changed; {_words.InForce(_value)}.");
            }
            catch (ConfigurationException e)
            {
                _report($"{Names} has changed and cannot be used; {_words.What} stay as they are: {string.Join("; ", e.Errors)}");
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Above a timer nobody catches, and a file must not end the process.
                _report($"{Names} has changed and cannot be used; {_words.What} stay as they are: BUG: {e}");
            }
        }
    }

    /// <summary>How reports name what is read.</summary>
    /// <param name="What">In the plural, as "the limits".</param>
    /// <param name="InForce">The end of a sentence, as "limits of 3 tenants are in force".</param>
    internal sealed record Words(string What, Func<T, string> InForce);
}
