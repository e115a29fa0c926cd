namespace Kagari.Testing;

/// <summary>Finds the folders of this repository and the real profiles that tests read.</summary>
public static class Repository
{
    /// <summary>The folder of Kagari.slnx.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The shared profiles (KAGARI_TEST_DATA, else ../shared/data beside the repository), or null.</summary>
    public static string? SharedData { get; } = FindSharedData();

    /// <summary>One folder of the shared profiles; throws where CI should have it and does not.</summary>
    public static string Shared(string folder)
    {
        if (SharedData is { } data) return Path.Combine(data, folder);
        throw new InvalidOperationException("No test data: set KAGARI_TEST_DATA to its folder.");
    }

    private static string FindRoot()
    {
        for (var d = new DirectoryInfo(AppContext.BaseDirectory); d is not null; d = d.Parent)
            if (File.Exists(Path.Combine(d.FullName, "Kagari.slnx"))) return d.FullName;
        throw new InvalidOperationException($"Kagari.slnx is in no folder above {AppContext.BaseDirectory}.");
    }

    private static string? FindSharedData()
    {
        var named = Environment.GetEnvironmentVariable("KAGARI_TEST_DATA");
        var folder = named ?? Path.Combine(Root, "..", "shared", "data");
        return Directory.Exists(folder) ? Path.GetFullPath(folder) : null;
    }
}
