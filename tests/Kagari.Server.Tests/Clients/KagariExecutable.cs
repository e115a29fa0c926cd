using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary>The executable that people run, as the build of the solution leaves it.</summary>
internal static class KagariExecutable
{
    /// <summary>Its folder; skips the test where it was not built.</summary>
    public static string FindFolder()
    {
        var folder = System.IO.Path.Combine(Repository.Root, "artifacts", "bin", "Kagari.Cli", "release");
        if (!File.Exists(System.IO.Path.Combine(folder, "kagari"))) ExternalTool.SkipOutsideCI($"{folder}/kagari is missing; run: dotnet build src/Kagari.Cli -c Release");
        return folder;
    }
}
