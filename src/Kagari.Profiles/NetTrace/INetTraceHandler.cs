namespace Kagari.Profiles;

/// <summary>Takes what a <see cref="NetTraceReader"/> finds.</summary>
public interface INetTraceHandler
{
    /// <summary>The trace begins; comes once, before all else.</summary>
    void OnTrace(in NetTraceInfo trace);

    /// <summary>A new kind of event; comes before the first of its events.</summary>
    void OnEventType(NetTraceEventType type);

    /// <summary>An event.</summary>
    void OnEvent(in NetTraceEvent e);
}
