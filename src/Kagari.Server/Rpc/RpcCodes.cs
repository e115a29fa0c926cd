namespace Kagari.Server.Rpc;

/// <summary>Names and HTTP statuses of <see cref="RpcCode"/> (docs/formats/connect.md has the table).</summary>
internal static class RpcCodes
{
    /// <summary>The name in Connect's error bodies, such as <c>invalid_argument</c>.</summary>
    public static string Name(this RpcCode code) => code switch
    {
        RpcCode.Canceled => "canceled",
        RpcCode.Unknown => "unknown",
        RpcCode.InvalidArgument => "invalid_argument",
        RpcCode.DeadlineExceeded => "deadline_exceeded",
        RpcCode.NotFound => "not_found",
        RpcCode.AlreadyExists => "already_exists",
        RpcCode.PermissionDenied => "permission_denied",
        RpcCode.ResourceExhausted => "resource_exhausted",
        RpcCode.FailedPrecondition => "failed_precondition",
        RpcCode.Aborted => "aborted",
        RpcCode.OutOfRange => "out_of_range",
        RpcCode.Unimplemented => "unimplemented",
        RpcCode.Internal => "internal",
        RpcCode.Unavailable => "unavailable",
        RpcCode.DataLoss => "data_loss",
        RpcCode.Unauthenticated => "unauthenticated",
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, "BUG: not a code of RPC."),
    };

    /// <summary>The HTTP status of a failed unary Connect call.</summary>
    public static int HttpStatus(this RpcCode code) => code switch
    {
        RpcCode.Canceled => 499,
        RpcCode.InvalidArgument or RpcCode.FailedPrecondition or RpcCode.OutOfRange => 400,
        RpcCode.DeadlineExceeded => 504,
        RpcCode.NotFound => 404,
        RpcCode.AlreadyExists or RpcCode.Aborted => 409,
        RpcCode.PermissionDenied => 403,
        RpcCode.ResourceExhausted => 429,
        RpcCode.Unimplemented => 501,
        RpcCode.Unavailable => 503,
        RpcCode.Unauthenticated => 401,
        _ => 500,
    };

    /// <summary>The code that plain HTTP handlers put into their error body when only a status is known.</summary>
    public static RpcCode FromHttpStatus(int status) => status switch
    {
        400 or 413 => RpcCode.InvalidArgument,
        401 => RpcCode.Unauthenticated,
        403 => RpcCode.PermissionDenied,
        404 => RpcCode.Unimplemented,
        412 => RpcCode.FailedPrecondition,
        429 or 431 => RpcCode.ResourceExhausted,
        499 => RpcCode.Canceled,
        502 or 503 => RpcCode.Unavailable,
        504 => RpcCode.DeadlineExceeded,
        _ => RpcCode.Unknown,
    };
}
