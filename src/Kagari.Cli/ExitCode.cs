namespace Kagari.Cli;

/// <summary>What scripts see of a command.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The network, the server or a file.</summary>
    public const int Failure = 1;

    /// <summary>The command line.</summary>
    public const int Usage = 2;

    /// <summary>The question was fine and there is no data.</summary>
    public const int NothingFound = 3;
}
