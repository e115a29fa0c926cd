using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Kagari.Server.Hosting;

/// <summary>HTTP/1.1 and HTTP/2 without TLS on one port.</summary>
/// <remarks>
/// <para>Kestrel chooses between both by ALPN, which exists only in TLS; without it, it takes HTTP/1.1. But an HTTP/2
/// client that knows its server opens with a preface that no HTTP/1.1 request can begin with (RFC 9113 §3.4), and
/// the first differing byte already decides: <c>PRI</c> against <c>POST</c>.</para>
/// <para>So a connection middleware looks at the first bytes without consuming them, and at the preface sets the two
/// features from which Kestrel would know that ALPN chose h2.</para>
/// </remarks>
internal static class Http2Sniffing
{
    private static ReadOnlySpan<byte> Preface => "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"u8;

    /// <summary>Serves HTTP/1.1 and prior-knowledge HTTP/2 on this endpoint. Not together with UseHttps.</summary>
    /// <remarks>
    /// Sets <see cref="KestrelServerOptions.AllowAlternateSchemes"/> for the whole server: Kestrel takes the connection
    /// for TLS and would refuse requests that say <c>http</c>, as they rightly do.
    /// A connection that sends nothing is closed after <see cref="KestrelServerLimits.KeepAliveTimeout"/>, as by Kestrel.
    /// </remarks>
    public static ListenOptions UseHttp2Sniffing(this ListenOptions options)
    {
        var server = options.KestrelServerOptions;
        server.AllowAlternateSchemes = true;
        options.Protocols = HttpProtocols.Http1AndHttp2;
        var time = options.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        options.Use(next => connection => RunAsync(connection, next, server.Limits.KeepAliveTimeout, time));
        return options;
    }

    private static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next, TimeSpan timeout, TimeProvider time)
    {
        if (await BeginsWithPrefaceAsync(connection, timeout, time) is not { } http2) return;
        if (http2)
        {
            var feature = new Http2ConnectionFeature();
            connection.Features.Set<ITlsConnectionFeature>(feature);
            connection.Features.Set<ITlsApplicationProtocolFeature>(feature);
        }
        await next(connection);
    }

    /// <summary>Null if the connection ended, or should end, before anybody could tell.</summary>
    private static async ValueTask<bool?> BeginsWithPrefaceAsync(ConnectionContext connection, TimeSpan timeout, TimeProvider time)
    {
        var input = connection.Transport.Input;
        // Kestrel's timeouts begin after us, and so does its draining at shutdown.
        using var timer = new CancellationTokenSource(timeout, time);
        var closing = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, closing, connection.ConnectionClosed);
        long examined = 0;
        try
        {
            while (true)
            {
                var result = await input.ReadAsync(stop.Token);
                var buffer = result.Buffer;
                var isPreface = Matches(buffer);
                if (isPreface is not null || result.IsCompleted)
                {
                    // Nothing is consumed. Examined stays where it was, so the next reader finds the bytes at once.
                    input.AdvanceTo(buffer.Start, buffer.GetPosition(examined));
                    return isPreface ?? (buffer.IsEmpty ? null : false);
                }
                examined = buffer.Length;
                input.AdvanceTo(buffer.Start, buffer.End);
            }
        }
        catch (OperationCanceledException)
        {
            return null;
        }
        catch (ConnectionResetException)
        {
            return null;
        }
    }

    /// <summary>Null as long as the bytes are a beginning of the preface.</summary>
    private static bool? Matches(ReadOnlySequence<byte> buffer)
    {
        Span<byte> head = stackalloc byte[Preface.Length];
        var length = (int)Math.Min(buffer.Length, head.Length);
        buffer.Slice(0, length).CopyTo(head);
        if (!Preface.StartsWith(head[..length])) return false;
        return length == Preface.Length ? true : null;
    }
}
