namespace Kagari.Profiles;

/// <summary>A kind of event, as the trace describes it before the first of them.</summary>
public sealed class NetTraceEventType
{
    internal NetTraceEventType(string provider, int id, string name, int version) => (Provider, Id, Name, Version) = (provider, id, name, version);

    /// <summary>Who sends it, as <c>Microsoft-Windows-DotNETRuntime</c>.</summary>
    public string Provider { get; }

    /// <summary>Its number among those of the provider.</summary>
    public int Id { get; }

    /// <summary>Its name; the runtime's own events have none.</summary>
    public string Name { get; }

    /// <summary>The version of its payload; later ones have more at the end.</summary>
    public int Version { get; }

    /// <summary>The handler's own: what it wants to know at each event without comparing names again. 0 at first.</summary>
    public int Tag { get; set; }
}
