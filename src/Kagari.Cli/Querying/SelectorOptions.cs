using System.CommandLine;
using Kagari.Cli.Arguments;

namespace Kagari.Cli.Querying;

/// <summary>The argument SELECTOR with its <c>--type</c>, <c>--from</c> and <c>--until</c>.</summary>
internal sealed class SelectorOptions(TimeProvider time)
{
    private readonly Argument<string> _selector = new("SELECTOR") { Description = $"What is asked for: {QueryArgument.Forms}." };
    private readonly RangeOptions _range = new(time);

    public Option<string?> Type { get; } = new("--type") { Description = $"Profile type. Default: {QueryArgument.TypeDefault}.", HelpName = "TYPE" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_selector);
        command.Options.Add(Type);
        _range.AddTo(command);
    }

    public (QueryArgument Query, MillisRange Range) Read(ParseResult parsed) =>
        (QueryArgument.Parse(parsed.GetValue(_selector)!, parsed.GetValue(Type)), _range.Read(parsed));

    /// <summary>Whether a profile type was typed, in front of the braces or as an option.</summary>
    public bool NamesType(ParseResult parsed) => parsed.GetValue(Type) is not null || QueryArgument.NamesType(parsed.GetValue(_selector)!);
}
