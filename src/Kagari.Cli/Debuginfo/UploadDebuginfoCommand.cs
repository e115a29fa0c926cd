using System.CommandLine;
using Google.Protobuf;
using Kagari.Cli.Arguments;
using Kagari.Cli.Connection;
using Kagari.Symbols;
using Kagari.Wire.Debuginfo;

namespace Kagari.Cli.Debuginfo;

/// <summary><c>kagari debuginfo upload</c>: the three calls that agents make, with the build id read from the file.</summary>
internal sealed class UploadDebuginfoCommand(SharedOptions shared, CliContext context)
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "ELF files: programs and libraries with debug information, or what 'objcopy --only-keep-debug' makes of them.", Arity = ArgumentArity.OneOrMore };

    public Command Create()
    {
        var command = new Command("upload", "Sends files of debug information.") { _files };
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var server = new ServerConnection(shared.Address(parsed));
        var isOk = true;
        foreach (var path in parsed.GetValue(_files)!)
        {
            try
            {
                context.Screen.Out.WriteLine(await SendAsync(server, path, cancellation));
            }
            // One bad file keeps no other from being sent.
            catch (Exception e) when (e is ServerException or CommandFailedException)
            {
                context.Screen.Error.WriteLine($"kagari: {(e is ServerException ? $"{path}: {e.Message}" : e.Message)}");
                isOk = false;
            }
        }
        return isOk ? ExitCode.Ok : ExitCode.Failure;
    }

    private static async Task<string> SendAsync(ServerConnection server, string path, CancellationToken cancellation)
    {
        var buildId = BuildIdOf(path);
        var offer = new ShouldInitiateUploadRequest { File = new FileMetadata { GnuBuildId = buildId, Name = Path.GetFileName(path), Type = FileMetadata.Types.Type.ExecutableFull } };
        var answer = ShouldInitiateUploadResponse.Parser.ParseFrom(await CallAsync("ShouldInitiateUpload", offer));
        if (!answer.ShouldInitiateUpload) return $"{path}: {buildId} is not wanted: {answer.Reason}";
        await server.PostFileAsync($"/{DebuginfoCommand.Service}/Upload/{buildId}", path, cancellation);
        await CallAsync("UploadFinished", new UploadFinishedRequest { GnuBuildId = buildId });
        return $"{path}: {buildId}, {new FileInfo(path).Length} bytes";

        Task<byte[]> CallAsync(string method, IMessage message) => server.CallAsync($"{DebuginfoCommand.Service}/{method}", message.ToByteArray(), isCompressed: false, cancellation);
    }

    private static string BuildIdOf(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"'{path}' cannot be read: {e.Message}");
        }
        if (!ExecutableSymbols.TryRead(bytes, SymbolLimits.Default, out var symbols, out var error)) throw new CommandFailedException($"'{path}' is no program: {error}");
        return symbols.BuildId.Length > 0 ? symbols.BuildId
            : throw new CommandFailedException($"'{path}' has no GNU build id, by which profiles name it; link with -Wl,--build-id");
    }
}
