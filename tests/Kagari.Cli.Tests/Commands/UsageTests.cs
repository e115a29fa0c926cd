using Kagari.Cli.Terminal;

namespace Kagari.Cli.Tests.Commands;

public sealed class UsageTests
{
    [Theory]
    [InlineData("nonsense", "Unrecognized command or argument 'nonsense'")]
    [InlineData("upload x", "Option '--service' is required.")]
    [InlineData("upload --service s", "Required argument missing for command: 'upload'.")]
    [InlineData("query", "Required argument missing for command: 'query'.")]
    [InlineData("query {} -o png", "Argument 'png' not recognized")]
    [InlineData("query {} --type cpu", "'cpu' is no profile type")]
    [InlineData("query {} --from yesterday", "--from 'yesterday' is no time; write now, now-1h30m")]
    [InlineData("query {} --from now --until now-1h", "--from now lies after --until now-1h")]
    [InlineData("query {} --url ftp://x", "--url 'ftp://x' is no http or https address")]
    [InlineData("query {} --table -o svg", "--table and -o svg exclude each other")]
    [InlineData("query {} --token a --username b", "--token and --username exclude each other")]
    [InlineData("top {} --sort name", "Argument 'name' not recognized")]
    [InlineData("upload x --service s --label nope", "--label 'nope' is no label; write name=value")]
    [InlineData("upload x --service s --label a=1 --label a=2", "--label a is given twice")]
    [InlineData("upload x --service s --sample-rate 0", "--sample-rate must be above 0")]
    [InlineData("delete", "Option '--from' is required.")]
    [InlineData("delete --from 0", "say what is to be deleted: '{service_name=\"shop\"}', a bare service name")]
    [InlineData("delete shop --all --from 0", "SELECTOR and --all exclude each other")]
    [InlineData("delete shop --from soon", "--from 'soon' is no time; write now, now-1h30m")]
    [InlineData("delete shop --from now --until now-1h", "--from now lies after --until now-1h")]
    [InlineData("delete shop --from 0 --dry-run --yes", "--dry-run and --yes exclude each other")]
    [InlineData("export {} --format xml", "Argument 'xml' not recognized")]
    [InlineData("export {} --all-types --type a:b:c:d:e", "--all-types, and a profile type is named")]
    [InlineData("export a:b:c:d:e{} --all-types", "--all-types, and a profile type is named")]
    [InlineData("server -auth.file /no/such/file", "kagari server: auth.file: Could not find")]
    [InlineData("server -server.http-tls-cert-path x", "kagari server: server.http_tls_config: cert_file and key_file go together; key_file is empty")]
    [InlineData("server -no-such-flag", "kagari server: unknown flag -no-such-flag; the nearest known flag is -")]
    public async Task Run_WrongCommandLine_EndsWith2AndSaysWhy(string arguments, string message)
    {
        var run = await CommandRun.OfAsync(arguments.Split(' '));
        run.Error.ShouldContain(message);
        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Out.ShouldBe("");
    }

    [Fact]
    public async Task Export_ParquetToATerminal_IsRefused()
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var screen = new Screen(output, error, 80, HasColor: false, IsInteractive: true, IsTerminal: true, () => throw new InvalidOperationException(), () => Stream.Null);
        var context = new CliContext(screen, TimeProvider.System, new Dictionary<string, string>());
        (await CommandLine.RunAsync(["export", "{}", "--format", "parquet"], context, TestContext.Current.CancellationToken)).ShouldBe(ExitCode.Usage);
        error.ToString().ShouldContain("parquet is binary; name a file with -f FILE, or redirect the output");
        output.ToString().ShouldBe("");
    }

    [Fact]
    public async Task Run_NoServer_EndsWith1AndNamesUrl()
    {
        // Port 9 is the discard service, which nothing runs.
        var run = await CommandRun.OfAsync(["top", "{}", "--url", "http://127.0.0.1:9"]);
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldStartWith("kagari: POST http://127.0.0.1:9/querier.v1.QuerierService/SelectMergeProfile: ");
        run.Error.ShouldContain("Is the server running? See --url.");
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("query --help")]
    [InlineData("server --help")]
    [InlineData("server -modules")]
    [InlineData("--version")]
    public async Task Run_Question_EndsWith0(string arguments)
    {
        var run = await CommandRun.OfAsync(arguments.Split(' '));
        run.ExitCode.ShouldBe(ExitCode.Ok);
        run.Out.ShouldNotBe("");
        run.Error.ShouldBe("");
    }

    [Fact]
    public async Task Run_FilesThatAreNoProfiles_EndsWith1()
    {
        var run = await CommandRun.OfAsync(["upload", "/no/such/file", "--service", "s"]);
        run.ExitCode.ShouldBe(ExitCode.Failure);
        run.Error.ShouldStartWith("kagari: '/no/such/file' cannot be read: ");
    }
}
