using Kagari.Cli.Terminal;

namespace Kagari.Cli.Tests;

/// <summary>A command that ran, and what it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error, byte[] Binary)
{
    public const int Width = 80;

    /// <summary>Runs <c>kagari</c> with these arguments; output is no terminal, 80 columns, without colour.</summary>
    public static async Task<CommandRun> OfAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null, TimeProvider? time = null, byte[]? input = null)
    {
        var (output, error, binary) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" }, new MemoryStream());
        var screen = new Screen(output, error, Width, HasColor: false, IsInteractive: false, IsTerminal: false, () => binary, () => new MemoryStream(input ?? []));
        var context = new CliContext(screen, time ?? TimeProvider.System, environment ?? new Dictionary<string, string>());
        var code = await CommandLine.RunAsync(arguments, context, TestContext.Current.CancellationToken);
        return new CommandRun(code, output.ToString(), error.ToString(), binary.ToArray());
    }
}
