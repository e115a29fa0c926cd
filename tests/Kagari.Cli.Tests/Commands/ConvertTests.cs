using System.Text;
using Kagari.Profiles;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Commands;

/// <summary><c>kagari convert</c>: forms in and out, without a server.</summary>
public sealed class ConvertTests : IDisposable
{
    private const string V8 = """{"nodes":[{"id":1,"callFrame":{"functionName":"(root)"},"children":[2]},{"id":2,"callFrame":{"functionName":"main","url":"a.js"},"children":[3]},{"id":3,"callFrame":{"functionName":"work"}}],"samples":[2,3],"timeDeltas":[0,5],"endTime":12}""";
    private const string Perf = "app 7 1.5: 250 cpu-clock: \n\t10 work+0x2 (/bin/app)\n\t20 main+0x0 (/bin/app)\n\napp 7 1.6: 3 faults: \n\t20 main+0x4 (/bin/app)\n";
    private const string Speedscope = """{"$schema":"https://www.speedscope.app/file-format-schema.json","shared":{"frames":[{"name":"main"},{"name":"work"}]},"profiles":[{"type":"sampled","name":"cpu","unit":"microseconds","samples":[[0,1]],"weights":[7]}]}""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("main;work 5\nmain 2\n", "main 2\nmain;work 5\n")]
    [InlineData(V8, "main 5000\nmain;work 7000\n")]
    [InlineData(Speedscope, "main;work 7000\n")]
    public async Task Collapsed_OfEachForm_IsTheSameText(string input, string collapsed)
    {
        foreach (var bytes in new[] { Encoding.UTF8.GetBytes(input), Zipped(input) })
        {
            var run = await ConvertAsync(Write("in", bytes), "-", "--to", "collapsed");
            run.Error.ShouldBe("");
            Encoding.UTF8.GetString(run.Binary).ShouldBe(collapsed);
        }
    }

    [Fact]
    public async Task Pprof_FromStandardInput_HasAllTypes()
    {
        var path = Path.Combine(_directory.Path, "out.pb.gz");
        var run = await CommandRun.OfAsync(["convert", "-", path], input: Encoding.UTF8.GetBytes(V8));
        (run.ExitCode, run.Error, run.Out).ShouldBe((ExitCode.Ok, "", ""));
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        Gunzip.IsGzip(bytes).ShouldBeTrue();
        ProfileImport.TryRead(bytes, DecodeLimits.Default, out var format, out var profiles, out var error).ShouldBeTrue(error.Message);
        format.ShouldBe(ImportFormat.Pprof);
        var profile = profiles.ShouldHaveSingleItem().Profile;
        profile.SampleTypes.Span.ToArray().Select(t => profile.GetString(t.Type)).ShouldBe(["samples", "wall"]);
        Drawings.Draw(profile).ShouldBe("main 1,5000 | main;work 1,7000");
        (await ConvertAsync(path, "-", "--to", "collapsed", "--type", "samples")).Binary.ShouldBe("main 1\nmain;work 1\n"u8.ToArray());
    }

    [Fact]
    public async Task SeveralProfiles_AreChosenByName()
    {
        var file = Write("perf.txt", Encoding.UTF8.GetBytes(Perf));
        var run = await ConvertAsync(file, "-", "--to", "collapsed");
        run.ExitCode.ShouldBe(ExitCode.Usage);
        run.Error.ShouldContain("has 2 profiles; choose one with --profile: 'cpu-clock', 'faults'");
        (await ConvertAsync(file, "-", "--to", "collapsed", "--profile", "faults")).Binary.ShouldBe("app;main 3\n"u8.ToArray());
        (await ConvertAsync(file, "-", "--to", "collapsed", "--profile", "nix")).Error.ShouldContain("has no profile 'nix'; it has 'cpu-clock', 'faults'");
    }

    [Theory]
    [InlineData("out.svg", "<svg")]
    [InlineData("out.dot", "digraph")]
    [InlineData("out.json", "\"flamebearer\"")]
    [InlineData("out.folded", "main;work 5")]
    public async Task Output_IsChosenByName(string name, string holds)
    {
        var run = await ConvertAsync(Write("in.folded", "main;work 5\n"u8.ToArray()), Path.Combine(_directory.Path, name));
        (run.ExitCode, run.Error).ShouldBe((ExitCode.Ok, ""));
        (await File.ReadAllTextAsync(Path.Combine(_directory.Path, name), TestContext.Current.CancellationToken)).ShouldContain(holds);
    }

    [Fact]
    public async Task Wrong_IsNamed()
    {
        var file = Write("in.folded", "main;work 5\n"u8.ToArray());
        var run = await ConvertAsync(file, "out.png");
        (run.ExitCode, run.Error.Split(';')[0]).ShouldBe((ExitCode.Usage, "kagari: 'out.png' does not say what to write"));
        run = await ConvertAsync(Write("bad", [1, 2, 3, 4]), "-", "--to", "svg");
        (run.ExitCode, run.Error.Split(':')[1]).ShouldBe((ExitCode.Failure, $" '{Path.Combine(_directory.Path, "bad")}' is of no known form"));
        run = await ConvertAsync(Path.Combine(_directory.Path, "nowhere"), "-", "--to", "svg");
        run.Error.ShouldContain("cannot be read");
        run = await ConvertAsync(file, "-", "--to", "collapsed", "--type", "cpu");
        run.Error.ShouldContain("there is no sample type 'cpu'; there are samples");
    }

    private static Task<CommandRun> ConvertAsync(params string[] arguments) => CommandRun.OfAsync(["convert", .. arguments]);

    private static byte[] Zipped(string text)
    {
        using var output = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(output, System.IO.Compression.CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return output.ToArray();
    }

    private string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(_directory.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
