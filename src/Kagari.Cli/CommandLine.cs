using System.CommandLine;
using Kagari.Cli.Arguments;
using Kagari.Cli.Authentication;
using Kagari.Cli.Connection;
using Kagari.Cli.Converting;
using Kagari.Cli.Debuginfo;
using Kagari.Cli.Deleting;
using Kagari.Cli.Exporting;
using Kagari.Cli.Inspecting;
using Kagari.Cli.Querying;
using Kagari.Cli.Serving;
using Kagari.Cli.Uploading;

namespace Kagari.Cli;

/// <summary>The commands, and what becomes of their failures.</summary>
internal static class CommandLine
{
    /// <summary>Runs one command.</summary>
    /// <returns>See <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliContext context, CancellationToken cancellation)
    {
        try
        {
            // The server's flags have single dashes, as users of the peer write them; they are not for this parser.
            if (args.Count > 0 && args[0] == ServerCommand.Name) return await ServerCommand.RunAsync([.. args.Skip(1)], context, cancellation);
            var parsed = Root(context).Parse([.. args]);
            if (parsed.Errors.Count > 0)
            {
                foreach (var error in parsed.Errors) context.Screen.Error.WriteLine($"kagari: {error.Message}");
                var command = parsed.CommandResult.Command is RootCommand ? "kagari" : $"kagari {parsed.CommandResult.Command.Name}";
                context.Screen.Error.WriteLine($"Run '{command} --help'.");
                return ExitCode.Usage;
            }
            var invocation = new InvocationConfiguration { Output = context.Screen.Out, Error = context.Screen.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(invocation, cancellation);
        }
        catch (CommandFailedException e)
        {
            context.Screen.Error.WriteLine($"kagari: {e.Message}");
            return e.ExitCode;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ServerException)
        {
            context.Screen.Error.WriteLine($"kagari: {e.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Failure;
        }
    }

    /// <summary>All commands and options.</summary>
    internal static RootCommand Root(CliContext context)
    {
        var shared = new SharedOptions(context);
        var root = new RootCommand("Kagari: continuous profiling. A server, and commands that talk to one.");
        foreach (var option in shared.All) root.Options.Add(option);
        root.Subcommands.Add(ServerCommand.Create());
        root.Subcommands.Add(new UploadCommand(shared, context).Create());
        root.Subcommands.Add(new QueryCommand(shared, context).Create());
        root.Subcommands.Add(new TopCommand(shared, context).Create());
        root.Subcommands.Add(new DiffCommand(shared, context).Create());
        root.Subcommands.Add(new LabelsCommand(shared, context).Create());
        root.Subcommands.Add(new SeriesCommand(shared, context).Create());
        root.Subcommands.Add(new DeleteCommand(shared, context).Create());
        root.Subcommands.Add(new DebuginfoCommand(shared, context).Create());
        root.Subcommands.Add(new ExportCommand(shared, context).Create());
        root.Subcommands.Add(new ConvertCommand(context).Create());
        root.Subcommands.Add(new AuthCommand(context).Create());
        root.Subcommands.Add(new InspectCommand(shared, context).Create());
        return root;
    }
}
