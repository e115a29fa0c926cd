using Kagari.Server.Rpc;

namespace Kagari.Server.Authentication;

/// <summary>Why a request is not served.</summary>
/// <param name="Reason">For the metric; one of <see cref="FailureReason"/>.</param>
/// <param name="Code">Unauthenticated, permission denied, resource exhausted or unavailable.</param>
/// <param name="Message">For the caller. Says nothing about which part of a login was wrong.</param>
internal sealed record Refusal(string Reason, RpcCode Code, string Message)
{
    /// <summary>When it is worth to try again; null where nobody knows.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether somebody tried to be somebody: such failures are limited by address.</summary>
    public bool IsFailedLogin { get; init; }

    /// <summary>A login that did not succeed.</summary>
    public static Refusal Login(string reason, string message) => new(reason, RpcCode.Unauthenticated, message) { IsFailedLogin = true };
}
