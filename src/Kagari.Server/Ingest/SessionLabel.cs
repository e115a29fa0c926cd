using System.Buffers.Binary;
using Kagari.Profiles;
using Kagari.Server.Limits;

namespace Kagari.Server.Ingest;

/// <summary>Sessions of SDKs would make a series per process start: the label goes, or its values are folded to a few.</summary>
internal static class SessionLabel
{
    public static LabelSet Apply(LabelSet labels, TenantLimits limits)
    {
        if (!labels.TryGet(LabelNames.SessionId, out var session)) return labels;
        if (limits.MaxSessionsPerSeries <= 0) return labels.With(LabelNames.SessionId, null);
        // 16 hex digits of a little-endian number; anything else stays as it is.
        Span<byte> bytes = stackalloc byte[8];
        if (session.Length != 16 || Convert.FromHexString(session, bytes, out _, out var written) != System.Buffers.OperationStatus.Done || written != 8)
            return labels;
        var folded = BinaryPrimitives.ReadUInt64LittleEndian(bytes) % (ulong)limits.MaxSessionsPerSeries;
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, folded);
        return labels.With(LabelNames.SessionId, Convert.ToHexStringLower(bytes));
    }
}
