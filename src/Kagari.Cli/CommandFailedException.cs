namespace Kagari.Cli;

/// <summary>Ends a command with a sentence and an exit code.</summary>
internal sealed class CommandFailedException(string message, int exitCode = ExitCode.Failure) : Exception(message)
{
    public int ExitCode { get; } = exitCode;

    /// <summary>The command line is wrong.</summary>
    public static CommandFailedException Usage(string message) => new(message, Cli.ExitCode.Usage);
}
