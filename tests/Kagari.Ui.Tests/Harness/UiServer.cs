using Kagari.Testing;

namespace Kagari.Ui.Tests.Harness;

/// <summary>The real executable with its user interface, over a directory of its own, fed with fixed profiles.</summary>
public sealed class UiServer : IAsyncLifetime
{
    private const int QuestionsMax = 3000;

    private readonly TemporaryDirectory _directory = new();
    private readonly string[] _flags;
    private readonly bool _isEmpty;
    private KagariProcess? _process;

    /// <summary>The server that all tests share.</summary>
    public UiServer()
        : this([], isEmpty: false)
    {
    }

    private UiServer(string[] flags, bool isEmpty)
    {
        _flags = flags;
        _isEmpty = isEmpty;
    }

    /// <summary>Its root, which ends with a slash.</summary>
    internal string Url => _process!.Url.ToString();

    /// <summary>For questions beside the browser's.</summary>
    internal HttpClient Http { get; } = new() { Timeout = TimeSpan.FromMinutes(2) };

    /// <summary>Starts a server of a test's own, with settings or without profiles; dispose it.</summary>
    internal static async Task<UiServer> StartAsync(bool isEmpty = true, params string[] flags)
    {
        var server = new UiServer(flags, isEmpty);
        await server.InitializeAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // The profiles are as old as they are, so that every run sees the same; nothing that depends on the clock may touch them.
        _process = KagariProcess.Start(_directory.Path, ["-validation.reject-older-than=0", .. _flags]);
        Http.BaseAddress = _process.Url;
        if (!await _process.IsReadyAsync(Http, QuestionsMax)) throw new InvalidOperationException("The server does not get ready.");
        using var page = await Http.GetAsync(new Uri("", UriKind.Relative));
        if ((await page.Content.ReadAsStringAsync()).Contains("without its web user interface", StringComparison.Ordinal))
            throw new InvalidOperationException("The server has no user interface in it: run build/ui.sh, then build again.");
        if (!_isEmpty) await ShopProfiles.PushAsync(Http);
    }

    /// <summary>Adds the real profiles that other programs wrote; false where this machine has none.</summary>
    internal Task<bool> AddRealProfilesAsync() => RealProfiles.PushAsync(Http);

    /// <summary>Adds the profile of a hundred thousand frames, service <c>large</c>.</summary>
    internal Task AddLargeProfileAsync() => LargeProfile.PushAsync(Http);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process?.Dispose();
        _directory.Dispose();
        return ValueTask.CompletedTask;
    }
}
