using System.Text.Json;
using Kagari.Query;

namespace Kagari.Server.Functions;

/// <summary>Lines of a function as JSON, into an object that is open.</summary>
internal static class LineJson
{
    /// <summary>A selection of one service has one or two; more are no help to find a file.</summary>
    private const int RepositoriesMax = 10;

    public static void Write(
        Utf8JsonWriter json, Selection selection, string function, FunctionLines lines, IReadOnlyList<SourceRepository> repositories)
    {
        FunctionJson.WriteType(json, selection);
        json.WriteString("function"u8, function);
        json.WriteBoolean("found"u8, lines.Files.Count > 0);
        FunctionJson.WriteValues(json, lines.Self, lines.Total);
        json.WriteStartArray("files"u8);
        foreach (var file in lines.Files) WriteFile(json, file);
        json.WriteEndArray();
        json.WriteNumber("repositoryCount"u8, repositories.Count);
        json.WriteStartArray("repositories"u8);
        foreach (var repository in repositories.Take(RepositoriesMax))
        {
            json.WriteStartObject();
            json.WriteString("repository"u8, repository.Repository);
            json.WriteString("gitRef"u8, repository.GitRef);
            json.WriteString("rootPath"u8, repository.RootPath);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void WriteFile(Utf8JsonWriter json, FileLines file)
    {
        json.WriteStartObject();
        json.WriteString("file"u8, file.File);
        json.WriteNumber("startLine"u8, file.StartLine);
        FunctionJson.WriteValues(json, file.Self, file.Total);
        json.WriteStartArray("lines"u8);
        foreach (var line in file.Lines.Where(l => l.Line > 0))
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, line.Line);
            FunctionJson.WriteValues(json, line.Self, line.Total);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        var unknown = file.Lines.FirstOrDefault(l => l.Line == 0);
        json.WriteStartObject("unknown"u8);
        FunctionJson.WriteValues(json, unknown.Self, unknown.Total);
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
