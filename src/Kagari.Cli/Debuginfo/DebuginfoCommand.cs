using System.CommandLine;
using Kagari.Cli.Arguments;

namespace Kagari.Cli.Debuginfo;

/// <summary><c>kagari debuginfo</c>: gives a server the symbols of stripped programs.</summary>
internal sealed class DebuginfoCommand(SharedOptions shared, CliContext context)
{
    public const string Service = "debuginfo.v1alpha1.DebuginfoService";

    public Command Create() => new("debuginfo", "Uploads, lists and deletes debug information of native programs.")
    {
        new UploadDebuginfoCommand(shared, context).Create(),
        new ListDebuginfoCommand(shared, context).Create(),
        new DeleteDebuginfoCommand(shared, context).Create(),
    };
}
