using Kagari.Server.Rpc;
using Kagari.Wire.Otlp;

namespace Kagari.Server.Ingest.Otlp;

/// <summary>Profiles of one request that were not taken, and the answer that follows from them.</summary>
internal sealed class OtlpRefusals
{
    /// <summary>An answer names so many failures; the rest is counted.</summary>
    private const int FailuresNamedMax = 10;

    private readonly List<string> _named = [];
    private int _lastProfile = -1;
    private RpcCode _code;

    /// <summary>How many profiles were refused, or parts of them.</summary>
    public int Count { get; private set; }

    /// <summary>Whether one was refused for a reason that passes, so that the client should repeat the request.</summary>
    public bool MayPass { get; private set; }

    /// <summary>Notes a profile, or the part of it that is one service's; parts count once.</summary>
    public void Add(int profile, IngestException error)
    {
        MayPass |= error.Code == RpcCode.ResourceExhausted;
        if (_named.Count == 0 || error.Code == RpcCode.ResourceExhausted) _code = error.Code;
        if (_named.Count < FailuresNamedMax) _named.Add($"profile {profile}: {RpcResponseWriter.Shorten(error.Message)}");
        if (profile == _lastProfile) return;
        _lastProfile = profile;
        Count++;
    }

    /// <summary>The answer to a request of so many profiles.</summary>
    /// <exception cref="RpcException">Nothing was taken, or the client should repeat the request.</exception>
    public ExportProfilesServiceResponse ToResponse(int profiles)
    {
        if (Count == 0) return new ExportProfilesServiceResponse();
        var message = string.Join("; ", _named);
        if (Count > _named.Count) message = $"{Count} profiles failed, the first with: {message}";
        if (MayPass || Count >= profiles) throw new RpcException(_code, message);
        return new ExportProfilesServiceResponse
        {
            PartialSuccess = new ExportProfilesPartialSuccess { RejectedProfiles = Count, ErrorMessage = message },
        };
    }
}
