using System.Text;
using System.Text.RegularExpressions;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>Shell commands of a document, run as they stand there: only the server's address is another.</summary>
internal static partial class MarkdownScript
{
    /// <summary>The blocks of shell commands in a document, each with the text that stands between it and the one before.</summary>
    public static IEnumerable<(string Before, string Commands)> Blocks(string file)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, file));
        var end = 0;
        foreach (Match block in Fence().Matches(text))
        {
            yield return (text[end..block.Index], block.Groups["commands"].Value);
            end = block.Index + block.Length;
        }
    }

    /// <summary>Runs commands in a folder, with <c>kagari</c> on the path if a folder of it is given; gives what they printed.</summary>
    public static async Task<string> RunAsync(string commands, ClientServer server, TemporaryDirectory folder, string? kagariFolder = null)
    {
        var script = new StringBuilder().AppendLine($"cd '{folder.Path}'").AppendLine($"export KAGARI_URL={server.Url}");
        if (kagariFolder is not null) script.AppendLine($"export PATH='{kagariFolder}':\"$PATH\"");
        var (status, output) = await ExternalTool.RunAsync("bash", "-euc", script.Append(commands.Replace("http://localhost:4040", server.Url)).ToString());
        status.ShouldBe(0, output);
        return output;
    }

    [GeneratedRegex(@"^```(bash|sh)\n(?<commands>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence();
}
