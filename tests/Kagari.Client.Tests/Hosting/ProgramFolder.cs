using System.Diagnostics;
using Kagari.Testing;

namespace Kagari.Client.Tests.Hosting;

/// <summary>Programs as users write them, in a folder outside of the repository, made from the packages as they are published.</summary>
public sealed class ProgramFolder : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public ProgramFolder()
    {
        var packages = Path.Combine(_directory.Path, "packages");
        foreach (var project in new[] { "Kagari.Profiles", "Kagari.Client" })
            Dotnet(Repository.Root, "pack", Path.Combine("src", project), "-c", "Release", "--no-restore", "-o", packages);
        // Nothing but these packages: what they need and do not bring would be missed here.
        File.WriteAllText(Path.Combine(_directory.Path, "nuget.config"), """<configuration><packageSources><clear/><add key="local" value="packages"/></packageSources></configuration>""");
        Write("console", "Microsoft.NET.Sdk", ConsoleProgram);
        Write("web", "Microsoft.NET.Sdk.Web", WebProgram);
        Write("plain", "Microsoft.NET.Sdk", PlainProgram);
        Write("plainweb", "Microsoft.NET.Sdk.Web", PlainWebProgram);
        Write("readme", "Microsoft.NET.Sdk", Example("Kagari.Client"), Reference);
        Write("import", "Microsoft.NET.Sdk", Example("Kagari.Profiles"), Reference);
        Write("guideweb", "Microsoft.NET.Sdk.Web", GuideExample(0), Reference);
        Write("guide", "Microsoft.NET.Sdk", GuideExample(1), Reference);
        File.WriteAllText(Path.Combine(_directory.Path, "guide", "Report.cs"), GuideExample(2));
        Write("guideswitch", "Microsoft.NET.Sdk", GuideExample(3), Reference);
        Dotnet(Path.Combine(_directory.Path, "console"), "add", "package", "Kagari.Client", "--source", packages);
        Dotnet(Path.Combine(_directory.Path, "web"), "add", "package", "Kagari.Client", "--source", packages);
        File.WriteAllText(Path.Combine(_directory.Path, "all.slnx"), """<Solution><Project Path="console/console.csproj"/><Project Path="web/web.csproj"/><Project Path="plain/plain.csproj"/><Project Path="plainweb/plainweb.csproj"/><Project Path="readme/readme.csproj"/><Project Path="import/import.csproj"/><Project Path="guideweb/guideweb.csproj"/><Project Path="guide/guide.csproj"/><Project Path="guideswitch/guideswitch.csproj"/></Solution>""");
        Dotnet(_directory.Path, "build", "all.slnx", "-v", "quiet");
        // A hook is a folder of files that people copy out of the packages.
        Directory.CreateDirectory(Path.GetDirectoryName(Hook)!);
        foreach (var file in Directory.GetFiles(Path.Combine(_directory.Path, "cache"), "Kagari.*.dll", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(Path.GetDirectoryName(Hook)!, Path.GetFileName(file)));
    }

    /// <summary>The assembly that a startup hook names, as a package leaves it.</summary>
    public string Hook => Path.Combine(_directory.Path, "hook", "Kagari.Client.dll");

    /// <summary>Blocks of a language in the guide, in their order.</summary>
    public static string[] GuideBlocks(string language) =>
        [.. File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "dotnet.md")).Split($"```{language}\n").Skip(1).Select(b => b.Split("```")[0])];

    /// <summary>The folder; its packages are where programs in it find them.</summary>
    public string Folder => _directory.Path;

    /// <summary>Variables of commands of the SDK in the folder.</summary>
    public IReadOnlyDictionary<string, string> SdkVariables => new Dictionary<string, string>
    {
        // A cache of its own: the version number stays while the packages change.
        ["NUGET_PACKAGES"] = Path.Combine(_directory.Path, "cache"),
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    /// <summary>A package as it would be published.</summary>
    public string Package(string name) => Path.Combine(_directory.Path, "packages", $"{name}.0.1.0.nupkg");

    /// <summary>Runs a program to its end; gives what it printed to both outputs.</summary>
    public string Run(string program, params (string Name, string Value)[] environment) => Run(program, [], environment);

    public string Run(string program, string[] arguments, params (string Name, string Value)[] environment) =>
        Start(Path.Combine(_directory.Path, program), [Path.Combine("bin", "Debug", "net10.0", program + ".dll"), .. arguments], environment);

    /// <summary>Runs a command of the SDK.</summary>
    public string RunCommand(string[] arguments, params (string Name, string Value)[] environment) => Start(_directory.Path, arguments, environment);

    public void Dispose() => _directory.Dispose();

    private void Dotnet(string folder, params string[] arguments) => Start(folder, arguments, []);

    /// <summary>The first example of a package's README.</summary>
    private static string Example(string project) =>
        File.ReadAllText(Path.Combine(Repository.Root, "src", project, "README.md")).Split("```csharp\n")[1].Split("```")[0];

    private static string GuideExample(int index) => GuideBlocks("csharp")[index];

    private void Write(string name, string sdk, string program, string references = "")
    {
        var folder = Directory.CreateDirectory(Path.Combine(_directory.Path, name)).FullName;
        File.WriteAllText(Path.Combine(folder, name + ".csproj"), $"""<Project Sdk="{sdk}"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><ImplicitUsings>enable</ImplicitUsings><Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>{references}</Project>""");
        File.WriteAllText(Path.Combine(folder, "Program.cs"), program);
    }

    private string Start(string folder, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var (name, value) in SdkVariables) start.Environment[name] = value;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(3))) process.Kill(entireProcessTree: true);
        var text = output.Result + errors.Result;
        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}: {text}");
        return text;
    }

    private const string Reference = """<ItemGroup><PackageReference Include="Kagari.Client" Version="0.1.0" /></ItemGroup>""";

    /// <summary>What is loaded of frameworks that a console program does not have, and what scanners of assemblies find.</summary>
    private const string Report = """
        static class Report
        {
            public static void Print()
            {
                var client = AppDomain.CurrentDomain.GetAssemblies().FirstOrDefault(a => a.GetName().Name == "Kagari.Client");
                Console.WriteLine($"client: {(client is null ? "absent" : "loaded")}");
                if (client is null) return;
                var session = client.GetType("Kagari.Client.KagariProfiler")!.GetProperty("Current")!.GetValue(null);
                Console.WriteLine($"session: {(session is null ? "none" : session.GetType().GetProperty("Profiles")!.GetValue(session))}");
                if (File.Exists(Path.Combine(Path.GetDirectoryName(client.Location)!, "Kagari.Profiles.dll"))) Console.WriteLine($"scan: {client.GetTypes().Length > 0} {client.GetCustomAttributes(false).Length > 0}");
                Console.WriteLine($"frameworks: {AppDomain.CurrentDomain.GetAssemblies().Any(a => a.GetName().Name!.StartsWith("Microsoft.AspNetCore") || a.GetName().Name!.StartsWith("Microsoft.Extensions"))}");
            }
        }
        """;

    private const string ConsoleProgram = $$"""
        using Kagari.Client;
        using var session = KagariProfiler.Start(o =>
        {
            o.Profiles = ProfileKinds.Exceptions;
            o.Sink = new Nowhere();
        });
        Console.WriteLine($"same: {session is null || ReferenceEquals(session, KagariProfiler.Start())}");
        Report.Print();
        sealed class Nowhere : IProfileSink
        {
            public Task SendAsync(IReadOnlyList<CollectedProfile> profiles, CancellationToken cancellationToken) => Task.CompletedTask;
        }
        {{Report}}
        """;

    private const string WebProgram = $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddKagari(o => o.Labels["a-b"] = "c").AddKagari();
        await using var app = builder.Build();
        await app.StartAsync();
        Report.Print();
        await app.StopAsync();
        {{Report}}
        """;

    private const string PlainProgram = $$"""
        Console.WriteLine("hello");
        Report.Print();
        {{Report}}
        """;

    private const string PlainWebProgram = $$"""
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        await app.StartAsync();
        Report.Print();
        Console.WriteLine($"hosted: {app.Services.GetServices<IHostedService>().Any(s => s.GetType().FullName == "Kagari.Client.Hosting.HostedProfiler")}");
        await app.StopAsync();
        {{Report}}
        """;
}
