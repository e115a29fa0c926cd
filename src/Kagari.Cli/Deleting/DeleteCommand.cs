using System.CommandLine;
using System.Text.Json;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Cli.Rendering;

namespace Kagari.Cli.Deleting;

/// <summary><c>kagari delete</c>: deletes stored profiles, or shows which ones would go.</summary>
internal sealed class DeleteCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string?> _selector = new("SELECTOR") { Description = $"What is deleted: {QueryArgument.Forms}. Without a type, all types.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string> _from = new("--from") { Description = $"First time: {TimeArgument.Forms}; 0 is the beginning.", HelpName = "TIME", Required = true };
    private readonly Option<string> _until = new("--until") { Description = "Last time.", HelpName = "TIME", DefaultValueFactory = _ => "now" };
    private readonly Option<bool> _all = new("--all") { Description = "Deletes every series of the tenant, in place of a selector." };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Deletes nothing, shows what would go." };
    private readonly Option<bool> _yes = new("--yes", "-y") { Description = "Deletes. Without it, the command shows what would go and ends." };

    public Command Create()
    {
        var command = new Command("delete", "Deletes stored profiles.") { _selector, _from, _until, _all, _dryRun, _yes };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var request = Read(parsed);
        var isDryRun = parsed.GetValue(_dryRun);
        var isConfirmed = parsed.GetValue(_yes);
        if (isDryRun && isConfirmed) throw CommandFailedException.Usage("--dry-run and --yes exclude each other");
        using var server = new ServerConnection(shared.Address(parsed));
        var answer = await SendAsync(server, request, isDryRun: !isConfirmed, cancellation);
        if (parsed.GetValue(shared.Json)) context.Screen.Out.WriteLine(answer.Text);
        else answer.Write(context.Screen);
        if (answer.Rows == 0) return ExitCode.NothingFound;
        return isDryRun || isConfirmed ? ExitCode.Ok : throw CommandFailedException.Usage("nothing was deleted; add --yes to delete this");
    }

    private Dictionary<string, string> Read(ParseResult parsed)
    {
        var (selector, all) = (parsed.GetValue(_selector), parsed.GetValue(_all));
        if (selector is null && !all) throw CommandFailedException.Usage($"say what is to be deleted: {QueryArgument.Forms}, or --all");
        if (selector is not null && all) throw CommandFailedException.Usage("SELECTOR and --all exclude each other");
        var request = new Dictionary<string, string>();
        if (selector is null) request.Add("all", "true");
        else request.Add("query", SelectorOf(selector));
        var (from, until) = (parsed.GetValue(_from)!, parsed.GetValue(_until)!);
        // The server reads the times, so that the beginning and whole seconds mean the same everywhere; mistakes are found here.
        var start = from == "0" ? long.MinValue : TimeArgument.ParseNanos("--from", from, context.Time);
        if (start > TimeArgument.ParseNanos("--until", until, context.Time)) throw CommandFailedException.Usage($"--from {from} lies after --until {until}");
        request.Add("from", TimeOf("--from", from));
        request.Add("until", TimeOf("--until", until));
        return request;
    }

    /// <summary>Numbers as they are: their digits tell the unit. Else milliseconds of this clock.</summary>
    private string TimeOf(string option, string text) =>
        text.All(char.IsAsciiDigit) ? text : TimeArgument.ParseMillis(option, text, context.Time).ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Braces, a type in front of braces, a type alone, or the name of a service.</summary>
    private static string SelectorOf(string text)
    {
        text = text.Trim();
        if (text.Contains('{') || text.Contains(':')) return text;
        return text.Length == 0
            ? throw CommandFailedException.Usage($"the selector is empty; write {QueryArgument.Forms}, or --all")
            : $"{{service_name=\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"}}";
    }

    private static async Task<DeletionAnswer> SendAsync(ServerConnection server, Dictionary<string, string> request, bool isDryRun, CancellationToken cancellation)
    {
        request["dryRun"] = isDryRun ? "true" : "false";
        using var form = new FormUrlEncodedContent(request);
        var body = await server.PostAsync("/api/v1/delete", await form.ReadAsByteArrayAsync(cancellation), "application/x-www-form-urlencoded", cancellation);
        try
        {
            return DeletionAnswer.Parse(body);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ServerException($"the answer of /api/v1/delete cannot be read: {e.Message}", e);
        }
    }
}
