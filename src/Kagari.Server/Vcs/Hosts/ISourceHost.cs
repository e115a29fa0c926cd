using Kagari.Wire.Vcs;

namespace Kagari.Server.Vcs.Hosts;

/// <summary>Reads files and commits of repositories at one host, for one person.</summary>
internal interface ISourceHost
{
    /// <summary>A file; null where there is none at this ref.</summary>
    /// <exception cref="Rpc.RpcException">The host refuses, or does not answer.</exception>
    Task<SourceFile?> FindFileAsync(RepositoryUrl repository, string reference, string path, CancellationToken cancellation);

    /// <summary>A commit by hash, branch or tag; null where there is none.</summary>
    /// <exception cref="Rpc.RpcException">The host refuses, does not answer, or cannot tell.</exception>
    Task<CommitInfo?> FindCommitAsync(RepositoryUrl repository, string reference, CancellationToken cancellation);
}

/// <summary>A file of a repository.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Url">Where people look at it.</param>
internal sealed record SourceFile(byte[] Content, string Url);
