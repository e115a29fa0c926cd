using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Kagari.Server.Rpc;

/// <summary>The token of one call: fires when the client goes away or its time is over.</summary>
internal sealed class RpcDeadline : IDisposable
{
    /// <summary>Longer ones are no deadline; a timer takes at most 49 days.</summary>
    private static readonly TimeSpan TimeoutMax = TimeSpan.FromDays(30);

    private readonly CancellationTokenSource? _timer;
    private readonly CancellationTokenSource? _linked;

    public RpcDeadline(TimeSpan? timeout, TimeProvider time, CancellationToken aborted)
    {
        Token = aborted;
        if (timeout is not { } span || span > TimeoutMax) return;
        _timer = new CancellationTokenSource(span, time);
        _linked = CancellationTokenSource.CreateLinkedTokenSource(_timer.Token, aborted);
        Token = _linked.Token;
    }

    public CancellationToken Token { get; }

    public bool IsExpired => _timer is { IsCancellationRequested: true };

    /// <summary>The timeout a client asks for, or null.</summary>
    /// <exception cref="RpcException">The header is no timeout.</exception>
    public static TimeSpan? ReadTimeout(IHeaderDictionary headers, RpcProtocol protocol)
    {
        var name = protocol == RpcProtocol.Connect ? "Connect-Timeout-Ms" : "grpc-timeout";
        if (!headers.TryGetValue(name, out var values)) return null;
        var text = values.ToString();
        var timeout = protocol == RpcProtocol.Connect ? ParseMilliseconds(text) : ParseGrpc(text);
        return timeout ?? throw new RpcException(RpcCode.InvalidArgument, $"Header {name} is '{text}'; expected {(protocol == RpcProtocol.Connect ? "up to 10 digits" : "up to 8 digits and one of H M S m u n")}.");
    }

    private static TimeSpan? ParseMilliseconds(string text) =>
        text.Length is > 0 and <= 10 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var ms)
            ? TimeSpan.FromMilliseconds(ms)
            : null;

    private static TimeSpan? ParseGrpc(string text)
    {
        if (text.Length is < 2 or > 9 || !long.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;
        return text[^1] switch
        {
            'H' => TimeSpan.FromTicks(count * TimeSpan.TicksPerHour),
            'M' => TimeSpan.FromTicks(count * TimeSpan.TicksPerMinute),
            'S' => TimeSpan.FromTicks(count * TimeSpan.TicksPerSecond),
            'm' => TimeSpan.FromTicks(count * TimeSpan.TicksPerMillisecond),
            'u' => TimeSpan.FromTicks(count * TimeSpan.TicksPerMicrosecond),
            'n' => TimeSpan.FromTicks(count / TimeSpan.NanosecondsPerTick),
            _ => null,
        };
    }

    public void Dispose()
    {
        _linked?.Dispose();
        _timer?.Dispose();
    }
}
