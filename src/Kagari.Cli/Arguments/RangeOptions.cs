using System.CommandLine;

namespace Kagari.Cli.Arguments;

/// <summary><c>--from</c> and <c>--until</c>.</summary>
internal sealed class RangeOptions(TimeProvider time)
{
    private readonly Option<string> _from = new("--from") { Description = $"Start: {TimeArgument.Forms}.", HelpName = "TIME", DefaultValueFactory = _ => "now-1h" };
    private readonly Option<string> _until = new("--until") { Description = "End.", HelpName = "TIME", DefaultValueFactory = _ => "now" };

    public void AddTo(Command command)
    {
        command.Options.Add(_from);
        command.Options.Add(_until);
    }

    /// <summary>The range asked for; texts given replace the options, for one side of a comparison.</summary>
    /// <exception cref="CommandFailedException">It ends before it starts.</exception>
    public MillisRange Read(ParseResult parsed, string? from = null, string? until = null)
    {
        var range = new MillisRange(
            TimeArgument.ParseMillis("--from", from ?? parsed.GetValue(_from)!, time),
            TimeArgument.ParseMillis("--until", until ?? parsed.GetValue(_until)!, time));
        return range.Start <= range.End ? range : throw CommandFailedException.Usage($"--from {from ?? parsed.GetValue(_from)} lies after --until {until ?? parsed.GetValue(_until)}");
    }
}

/// <summary>A range of time in milliseconds since 1970, both ends included.</summary>
internal readonly record struct MillisRange(long Start, long End);
