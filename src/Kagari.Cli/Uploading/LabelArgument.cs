namespace Kagari.Cli.Uploading;

/// <summary>Labels of the command line: <c>name=value</c>.</summary>
internal static class LabelArgument
{
    /// <exception cref="CommandFailedException">One is none, or a name comes twice.</exception>
    public static List<(string Name, string Value)> Parse(IEnumerable<string> texts)
    {
        var labels = new List<(string Name, string Value)>();
        foreach (var text in texts)
        {
            var parts = text.Split('=', 2);
            if (parts.Length < 2 || parts[0].Length == 0) throw CommandFailedException.Usage($"--label '{text}' is no label; write name=value");
            if (labels.Exists(l => l.Name == parts[0])) throw CommandFailedException.Usage($"--label {parts[0]} is given twice");
            labels.Add((parts[0], parts[1]));
        }
        return labels;
    }
}
