namespace Kagari.Cli.Terminal;

/// <summary>Where a command writes, and what that place can show.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Everything that is no result.</param>
/// <param name="Width">Columns.</param>
/// <param name="HasColor">Whether results may be coloured.</param>
/// <param name="IsInteractive">Whether a person watches: progress moves.</param>
/// <param name="IsTerminal">Whether results go to a terminal, which binary data would garble.</param>
/// <param name="OpenBinary">Opens the place of results for bytes.</param>
/// <param name="OpenInput">Opens what is piped in.</param>
internal sealed record Screen(
    TextWriter Out, TextWriter Error, int Width, bool HasColor, bool IsInteractive, bool IsTerminal, Func<Stream> OpenBinary, Func<Stream> OpenInput)
{
    private const int WidthDefault = 120, WidthMin = 40;

    /// <summary>The console of this process. NO_COLOR (no-color.org) and TERM=dumb switch colours off, COLUMNS sets the width.</summary>
    public static Screen OfProcess(IReadOnlyDictionary<string, string> environment)
    {
        var isTerminal = !Console.IsOutputRedirected;
        var isDumb = environment.GetValueOrDefault("TERM") == "dumb";
        var noColor = environment.GetValueOrDefault("NO_COLOR") is { Length: > 0 };
        return new Screen(
            Console.Out, Console.Error, WidthOf(environment, isTerminal), isTerminal && !noColor && !isDumb,
            IsInteractive: isTerminal && !Console.IsErrorRedirected && !isDumb, isTerminal, Console.OpenStandardOutput, Console.OpenStandardInput);
    }

    /// <summary>All that is piped in.</summary>
    public byte[] ReadInput()
    {
        using var input = OpenInput();
        using var bytes = new MemoryStream();
        input.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static int WidthOf(IReadOnlyDictionary<string, string> environment, bool isTerminal)
    {
        if (int.TryParse(environment.GetValueOrDefault("COLUMNS"), out var columns) && columns > 0) return Math.Max(columns, WidthMin);
        try
        {
            return isTerminal && Console.WindowWidth > 0 ? Math.Max(Console.WindowWidth, WidthMin) : WidthDefault;
        }
        catch (IOException)
        {
            return WidthDefault;
        }
    }
}
