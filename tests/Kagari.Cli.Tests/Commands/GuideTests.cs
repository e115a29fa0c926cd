using Kagari.Cli.Terminal;
using Kagari.Testing;

namespace Kagari.Cli.Tests.Commands;

/// <summary>docs/guide/cli.md is written by hand; it must name everything that can be typed.</summary>
public sealed class GuideTests
{
    [Fact]
    public void Guide_NamesEveryCommandAndOption()
    {
        var guide = File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "cli.md"));
        var screen = new Screen(TextWriter.Null, TextWriter.Null, 80, false, false, false, () => Stream.Null, () => Stream.Null);
        var root = CommandLine.Root(new CliContext(screen, TimeProvider.System, new Dictionary<string, string>()));
        foreach (var option in root.Options.Where(o => o.Recursive && o.Name != "--help")) guide.ShouldContain($"`{option.Name}");
        foreach (var command in root.Subcommands)
        {
            var section = guide.Split($"## kagari {command.Name}").Skip(1).SingleOrDefault().ShouldNotBeNull($"kagari {command.Name} has no section").Split("\n## ")[0];
            foreach (var inner in command.Subcommands) section.ShouldContain($"`kagari {command.Name} {inner.Name}`");
            foreach (var option in command.Options.Concat(command.Subcommands.SelectMany(c => c.Options))) section.ShouldContain(option.Name, customMessage: $"kagari {command.Name} {option.Name}");
        }
    }
}
