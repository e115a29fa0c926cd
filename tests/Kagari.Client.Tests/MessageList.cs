namespace Kagari.Client.Tests;

/// <summary>What the profiler said, from any thread.</summary>
internal sealed class MessageList
{
    private readonly Lock _gate = new();
    private readonly List<ProfilerMessage> _messages = [];

    public void Add(ProfilerMessage message)
    {
        lock (_gate) _messages.Add(message);
    }

    /// <summary>All of them, as <c>Warning: text</c>.</summary>
    public string[] Texts
    {
        get
        {
            lock (_gate) return [.. _messages.Select(m => $"{m.Severity}: {m.Text}")];
        }
    }
}
