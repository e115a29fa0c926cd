using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kagari.Cli.Rendering;

/// <summary>Results as JSON.</summary>
internal static class JsonOutput
{
    /// <summary>Names of functions are full of <c>&lt;</c> and <c>'</c>, and nothing here lands in HTML.</summary>
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one value and ends the line.</summary>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options)) write(json);
        output.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length));
    }

    /// <summary>Writes a list of texts.</summary>
    public static void WriteTexts(TextWriter output, IEnumerable<string> texts) => Write(output, json =>
    {
        json.WriteStartArray();
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    });
}
