namespace Kagari.Client;

internal sealed class LabelContext : IEquatable<LabelContext>
{
    private readonly KeyValuePair<string, string>[] _labels = [];

    public ReadOnlySpan<KeyValuePair<string, string>> Labels => _labels;

    public ulong SpanId { get; init; }

    public ulong TraceIdHigh { get; init; }

    public ulong TraceIdLow { get; init; }

    public string? SpanName { get; init; }

    public bool Equals(LabelContext? other) => ReferenceEquals(this, other);

    public override bool Equals(object? obj) => ReferenceEquals(this, obj);

    public override int GetHashCode() => 0;
}

internal static class ThreadLabels
{
    public static bool IsRecording { get; set; }

    public static LabelLookup Find(int thread, long ticks, out LabelContext? context)
    {
        context = null;
        return LabelLookup.Found;
    }
}

internal enum LabelLookup { Found, Lost }
