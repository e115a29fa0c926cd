using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Kagari.Ui.Tests.Harness;

/// <summary>A page that fails its test where it writes an error to the console, throws, or asks another host than the server.</summary>
internal sealed class UiPage : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly List<Regex> _expected = [];
    private readonly UiServer _server;

    public UiPage(IPage page, UiServer server)
    {
        Page = page;
        _server = server;
        page.Console += (_, message) =>
        {
            if (message.Type is "error") _problems.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => _problems.Enqueue($"exception: {error}");
        page.Crash += (_, _) => _problems.Enqueue("the page crashed");
        // Requests of workers too.
        page.Context.Request += (_, request) =>
        {
            Requests.Enqueue(request.Url);
            if (!IsOurs(request.Url)) _problems.Enqueue($"request to another place: {request.Url}");
        };
        page.WebSocket += (_, socket) =>
        {
            if (!IsOurs(socket.Url.Replace("ws", "http", StringComparison.Ordinal))) _problems.Enqueue($"socket to another place: {socket.Url}");
        };
    }

    /// <summary>The page, for everything that Playwright can do.</summary>
    public IPage Page { get; }

    /// <summary>Every address that was asked for, in order.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Says that errors like this belong to the test, as 404 where it asks for what is not there.</summary>
    public void Expect(string pattern) => _expected.Add(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));

    /// <summary>Goes to an address behind the server's root, and waits until it is drawn.</summary>
    public async Task GoAsync(string path)
    {
        var answer = await Page.GotoAsync(_server.Url + path);
        if (answer?.Ok != true) throw new InvalidOperationException($"{path}: {answer?.Status} {(answer is null ? "" : await answer.TextAsync())}");
        await SettleAsync();
    }

    /// <summary>Waits until questions are answered, fonts are there and the page has drawn what it has.</summary>
    public async Task SettleAsync()
    {
        await Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await Page.EvaluateAsync("async () => { await document.fonts.ready; for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame); }");
    }

    /// <summary>What went wrong so far and is not expected.</summary>
    public IReadOnlyList<string> Problems => [.. _problems.Where(p => !_expected.Exists(e => e.IsMatch(p)))];

    /// <summary>Closes the page; fails where anything went wrong.</summary>
    public async ValueTask DisposeAsync()
    {
        await Page.Context.CloseAsync();
        // A test that failed already has its own reason.
        if (TestContext.Current.TestState?.Result != TestResult.Failed) Problems.ShouldBeEmpty($"at {Page.Url}");
    }

    private bool IsOurs(string url) =>
        url.StartsWith(_server.Url, StringComparison.Ordinal) || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith($"blob:{new Uri(_server.Url).GetLeftPart(UriPartial.Authority)}/", StringComparison.Ordinal)
        || url is "about:blank";
}
