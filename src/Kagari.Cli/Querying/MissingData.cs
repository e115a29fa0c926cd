using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Profiles;
using Kagari.Wire.Querier;
using Kagari.Wire.Types;

namespace Kagari.Cli.Querying;

/// <summary>Says why a question may have no answer.</summary>
internal static class MissingData
{
    /// <summary>A failure that names the profile types that the selector does match, or that the server has at all.</summary>
    public static async Task<CommandFailedException> ExplainAsync(
        ServerConnection server, QueryArgument query, MillisRange range, CancellationToken cancellation)
    {
        var what = $"no data of {query.Type} matches {query.Selector} between {Text(range.Start)} and {Text(range.End)}";
        var request = new LabelValuesRequest { Name = LabelNames.ProfileType, Start = range.Start, End = range.End };
        request.Matchers.Add(query.Selector);
        var matching = await server.QueryAsync("LabelValues", request, LabelValuesResponse.Parser, cancellation);
        if (matching.Names.Count > 0) return Failure($"{what}. It has these types:{List(matching.Names)}");
        var types = await server.QueryAsync("ProfileTypes", new ProfileTypesRequest { Start = range.Start, End = range.End }, ProfileTypesResponse.Parser, cancellation);
        return Failure(types.ProfileTypes.Count > 0
            ? $"{what}. Nothing at all matches the selector; the server has these types:{List(types.ProfileTypes.Select(t => t.ID))}"
            : $"{what}. The server has no data at all in that time.");
    }

    private static CommandFailedException Failure(string message) => new(message, ExitCode.NothingFound);

    private static string List(IEnumerable<string> types) => string.Concat(types.Select(t => "\n  " + t));

    private static string Text(long millis) => $"{DateTimeOffset.FromUnixTimeMilliseconds(millis):yyyy-MM-dd'T'HH:mm:ss'Z'}";
}
