using System.Globalization;
using System.Text;
using System.Text.Json;
using Kagari.Cli.Rendering;
using Kagari.Cli.Terminal;
using Kagari.Profiles;

namespace Kagari.Cli.Deleting;

/// <summary>What the server deleted, or would delete.</summary>
internal sealed class DeletionAnswer
{
    private readonly JsonElement _root;

    private DeletionAnswer(string text, JsonElement root)
    {
        Text = text;
        _root = root;
        Rows = root.GetProperty("rows").GetInt64();
    }

    /// <summary>The answer as it came.</summary>
    public string Text { get; }

    public long Rows { get; }

    public static DeletionAnswer Parse(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return new DeletionAnswer(Encoding.UTF8.GetString(body), json.RootElement.Clone());
    }

    /// <summary>Writes a table by service and profile type, and a sentence.</summary>
    public void Write(Screen screen)
    {
        if (Rows == 0)
        {
            screen.Out.WriteLine("Nothing matches.");
            return;
        }
        var table = new TextTable("service", "series", "rows", "first", "last", "type") { LeftColumns = 1 };
        foreach (var count in _root.GetProperty("matched").EnumerateArray())
        {
            table.Add(
                TerminalText.Clean(count.GetProperty("service").GetString()!), Number(count, "series"), Number(count, "rows"), Time(count, "from"), Time(count, "until"),
                count.GetProperty("type").GetString()!);
        }
        table.Write(screen.Out, screen.Width);
        var (blocks, before) = (_root.GetProperty("blocks").GetInt64(), ByteSize.Format(_root.GetProperty("bytesBefore").GetInt64()));
        screen.Out.WriteLine(_root.TryGetProperty("bytesAfter", out var after)
            ? $"Deleted {Number(_root, "rows")} rows of {Number(_root, "series")} series; {before} in {blocks} blocks became {ByteSize.Format(after.GetInt64())}."
            : $"Would delete {Number(_root, "rows")} rows of {Number(_root, "series")} series, which lie in {before}.");
    }

    private static string Number(JsonElement from, string name) => from.GetProperty(name).GetInt64().ToString("N0", CultureInfo.InvariantCulture);

    private static string Time(JsonElement from, string name) =>
        $"{DateTimeOffset.FromUnixTimeMilliseconds(from.GetProperty(name).GetInt64()):yyyy-MM-dd'T'HH:mm'Z'}";
}
