namespace Kagari.Server.Rpc;

/// <summary>Why a call failed; the numbers are those of grpc-status, the names those of Connect.</summary>
internal enum RpcCode
{
    /// <summary>The client went away or gave up.</summary>
    Canceled = 1,

    /// <summary>No other code fits; also what an unforeseen exception becomes.</summary>
    Unknown = 2,

    /// <summary>The request is wrong whatever the state of the server, sizes over a limit included.</summary>
    InvalidArgument = 3,

    /// <summary>The time the client gave was over first.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was named does not exist.</summary>
    NotFound = 5,

    /// <summary>What should be made exists, or a newer version of it does.</summary>
    AlreadyExists = 6,

    /// <summary>Known caller, but not allowed.</summary>
    PermissionDenied = 7,

    /// <summary>A rate or quota is used up; later it may work.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state the call needs.</summary>
    FailedPrecondition = 9,

    /// <summary>A conflict with another call; try the whole again.</summary>
    Aborted = 10,

    /// <summary>Past the end of something.</summary>
    OutOfRange = 11,

    /// <summary>The server does not do this.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of ours does not hold.</summary>
    Internal = 13,

    /// <summary>Not now; try again.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or corrupt.</summary>
    DataLoss = 15,

    /// <summary>The caller or tenant is not known.</summary>
    Unauthenticated = 16,
}
