namespace Kagari.Symbols.Tests;

/// <summary>The program of testdata in Rust.</summary>
internal static class RustProgram
{
    /// <summary>Compiles it; skips the test where there is no compiler, which is large and needed by nothing else.</summary>
    public static string Build(string options)
    {
        if (!Tool.Exists("rustc")) Assert.Skip("rustc is missing.");
        return Compiled.Made($"rustc {options}", file => Tool.Run("rustc", [.. options.Split(' '), "-o", file, Compiled.Source("names.rs")], environment: ("RUSTC_BOOTSTRAP", "1")));
    }
}
