using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;
using Kagari.Server.Hosting;
using Kagari.Testing;

namespace Kagari.Client.Tests.Hosting;

/// <summary>The packages, as people use them: in programs of their own, without this repository and without a network.</summary>
public sealed class PackagedProgramTests(ProgramFolder programs) : IClassFixture<ProgramFolder>
{
    [Fact]
    public void Console_OneLine_IsProfiledWithoutAnyOtherFramework()
    {
        var output = programs.Run("console");
        Lines(output).ShouldBe(["same: True", "client: loaded", "session: Exceptions", "scan: True True", "frameworks: False"]);
    }

    [Fact]
    public void Console_SwitchedOff_RunsUnprofiled() =>
        Lines(programs.Run("console", ("PYROSCOPE_PROFILING_ENABLED", "0"))).ShouldBe(["same: True", "client: loaded", "session: none", "scan: True True", "frameworks: False"]);

    [Fact]
    public void Web_AddKagari_IsProfiledAndLogsThroughTheHost()
    {
        var output = programs.Run("web", ("Kagari__Profiles", "Exceptions"), ("Kagari__ServerAddress", "http://127.0.0.1:9"), ("KAGARI_QUEUE_LENGTH", "0"));
        Lines(output).ShouldContain("session: Exceptions");
        output.ShouldContain("warn: Kagari.Client[0]");
        output.ShouldContain("The label 'a-b' has a name that not every server takes");
        output.ShouldContain("KAGARI_QUEUE_LENGTH is '0'; expected a whole number from 1 to 1000. 8 is used instead.");
    }

    [Fact]
    public void Web_SectionOfPyroscope_CountsWhereThereIsNoneOfOurs() =>
        Lines(programs.Run("web", ("Pyroscope__Profiles", "Locks"), ("KAGARI_SERVER_ADDRESS", "http://127.0.0.1:9"))).ShouldContain("session: Locks");

    [Fact]
    public void Plain_StartupHook_IsProfiledWithoutALineOfCode()
    {
        var output = programs.Run("plain", ("DOTNET_STARTUP_HOOKS", programs.Hook), ("KAGARI_PROFILES", "Exceptions"), ("KAGARI_SERVER_ADDRESS", "http://127.0.0.1:9"));
        Lines(output).ShouldBe(["hello", "client: loaded", "session: Exceptions", "scan: True True", "frameworks: False"]);
    }

    [Fact]
    public void Plain_StartupHookSwitchedOff_RunsUnprofiled() =>
        Lines(programs.Run("plain", ("DOTNET_STARTUP_HOOKS", programs.Hook), ("PYROSCOPE_PROFILING_ENABLED", "false"))).ShouldContain("session: none");

    [Fact]
    public void Plain_StartupHookWithoutItsNeighbour_RunsUnprofiledAndSaysSo()
    {
        var lone = Path.Combine(Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(programs.Hook)!, "lone")).FullName, "Kagari.Client.dll");
        File.Copy(programs.Hook, lone, overwrite: true);
        var output = programs.Run("plain", ("DOTNET_STARTUP_HOOKS", lone));
        output.ShouldContain("hello");
        output.ShouldContain("kagari: error: this program is not profiled: ");
    }

    [Fact]
    public void Web_StartupHookAndAddKagari_StartOnce()
    {
        var output = programs.Run("web", ("DOTNET_STARTUP_HOOKS", programs.Hook), ("KAGARI_PROFILES", "Exceptions"), ("KAGARI_SERVER_ADDRESS", "http://127.0.0.1:9"), ("Kagari__Profiles", "Locks"));
        Lines(output).ShouldContain("session: Exceptions");
        output.ShouldContain("Profiling runs already in this process; the options of the first start stay in force.");
    }

    [Fact]
    public void Web_HostingStartup_AddsWhatAspNetCoreNeeds()
    {
        var output = programs.Run("plainweb",
            ("DOTNET_STARTUP_HOOKS", programs.Hook), ("ASPNETCORE_HOSTINGSTARTUPASSEMBLIES", "Kagari.Client.Hosting"), ("KAGARI_PROFILES", "Exceptions"), ("KAGARI_SERVER_ADDRESS", "http://127.0.0.1:9"));
        Lines(output).ShouldContain("session: Exceptions");
        Lines(output).ShouldContain("hosted: True");
    }

    [Fact]
    public void DotnetCommand_StartupHook_IsLeftAlone()
    {
        var output = programs.Run("plain", ("DOTNET_STARTUP_HOOKS", programs.Hook), ("KAGARI_UPLOAD_INTERVAL", "bad"));
        output.ShouldContain("KAGARI_UPLOAD_INTERVAL is 'bad'");
        programs.RunCommand(["--info"], ("DOTNET_STARTUP_HOOKS", programs.Hook), ("KAGARI_UPLOAD_INTERVAL", "bad")).ShouldNotContain("KAGARI_UPLOAD_INTERVAL");
        programs.RunCommand(["msbuild", "-version"], ("DOTNET_STARTUP_HOOKS", programs.Hook), ("KAGARI_UPLOAD_INTERVAL", "bad")).ShouldNotContain("KAGARI_UPLOAD_INTERVAL");
    }

    [Theory]
    [InlineData("Kagari.Client", "Kagari.Profiles", "Kagari.Client.Hosting.dll Kagari.Client.Hosting.xml Kagari.Client.dll Kagari.Client.xml")]
    [InlineData("Kagari.Profiles", "", "Kagari.Profiles.dll Kagari.Profiles.xml")]
    public void Package_AsPublished_SaysWhatItIsAndNeedsNothingElse(string name, string dependencies, string files)
    {
        using var package = ZipFile.OpenRead(programs.Package(name));
        package.Entries.Where(e => e.FullName.StartsWith("lib/net10.0/", StringComparison.Ordinal)).Select(e => e.Name).Order(StringComparer.Ordinal).ShouldBe(files.Split(' '));
        using var stream = package.GetEntry(name + ".nuspec")!.Open();
        var elements = XDocument.Load(stream).Descendants().ToLookup(e => e.Name.LocalName);
        elements["license"].Single().Value.ShouldBe("Apache-2.0");
        elements["authors"].Single().Value.ShouldBe("Kagari");
        elements["description"].Single().Value.ShouldNotBeEmpty();
        package.GetEntry(elements["readme"].Single().Value).ShouldNotBeNull();
        string.Join(' ', elements["dependency"].Select(d => d.Attribute("id")!.Value)).ShouldBe(dependencies);
        elements["frameworkReference"].ShouldBeEmpty();
    }

    [Fact]
    public void Readme_Examples_Run()
    {
        programs.Run("readme", ("KAGARI_PROFILES", "Exceptions"), ("KAGARI_LOG_LEVEL", "off")).ShouldBeEmpty();
        var file = Path.Combine(Repository.Shared("other"), "vertx.collapsed.txt");
        programs.Run("import", [file]).ShouldStartWith("Folded ");
    }

    [Fact]
    public void Guide_Examples_Run()
    {
        programs.Run("guide", ("KAGARI_SERVER_ADDRESS", "http://127.0.0.1:9"), ("KAGARI_PROFILES", "Exceptions"), ("KAGARI_LOG_LEVEL", "off")).ShouldContain("kind=nightly, customer=acme");
        programs.Run("guideswitch").ShouldBeEmpty();
        ProgramFolder.GuideBlocks("csharp").Length.ShouldBe(4, "each block of the guide is a program here");
    }

    /// <summary>The first block of the guide, line by line, and the second until it shows something.</summary>
    [Fact]
    public async Task Guide_FromThePackageToAFlameGraph_IsAsItSays()
    {
        using var directory = new TemporaryDirectory();
        await using var server = await KagariServer.StartAsync(new ServerOptions { HttpListenAddress = "127.0.0.1", HttpListenPort = 0, StorageDirectory = directory.Path, LogLevel = "error" });
        var commands = ProgramFolder.GuideBlocks("sh");
        using var program = Shell(commands[0].Trim(), ("KAGARI_SERVER_ADDRESS", server.Url.ToString()), ("ASPNETCORE_URLS", "http://127.0.0.1:0"));
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            using var pause = new PeriodicTimer(TimeSpan.FromSeconds(1));
            var shown = "";
            while (!shown.Contains("service_name=\"shop\""))
            {
                await pause.WaitForNextTickAsync(patience.Token);
                program.HasExited.ShouldBeFalse("the program of the guide ended");
                using var query = Shell(commands[1].Trim(), ("KAGARI_URL", server.Url.ToString()), ("PATH", $"{Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Cli", "release")}:{Environment.GetEnvironmentVariable("PATH")}"));
                shown = await query.StandardOutput.ReadToEndAsync(patience.Token);
                await query.WaitForExitAsync(patience.Token);
            }
        }
        finally
        {
            program.Kill(entireProcessTree: true);
        }
    }

    private Process Shell(string commands, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("bash", ["-c", commands]) { WorkingDirectory = programs.Folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in programs.SdkVariables) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static string[] Lines(string output) => output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
