using System.Collections.Concurrent;
using Kagari.Testing;

namespace Kagari.Symbols.Tests;

/// <summary>Programs of testdata/symbols, compiled once for all tests.</summary>
internal static class Compiled
{
    private static readonly TemporaryDirectory s_folder = new();
    private static readonly ConcurrentDictionary<string, Lazy<string>> s_files = new(StringComparer.Ordinal);

    static Compiled() => AppDomain.CurrentDomain.ProcessExit += (_, _) => s_folder.Dispose();

    public static string Source(string name) => Path.Combine(Repository.Root, "testdata", "symbols", name);

    /// <summary>The file that a compiler makes of a source, by the arguments <c>-o FILE SOURCE OPTIONS</c>.</summary>
    public static string Program(string compiler, string source, string options) => Made($"{compiler} {source} {options}", file =>
        Tool.Run(compiler, ["-o", file, Source(source), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]));

    /// <summary>A file made of another one by a tool that ends its arguments with input and output, as objcopy does.</summary>
    public static string Derived(string from, string tool, string options) => Made($"{from} {tool} {options}", file =>
        Tool.Run(tool, [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), from, file]));

    /// <summary>A file with a name of its own, made once.</summary>
    public static string Made(string what, Action<string> make) => s_files.GetOrAdd(what, key => new Lazy<string>(() =>
    {
        var file = Path.Combine(s_folder.Path, $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)))[..12]}");
        make(file);
        return file;
    })).Value;

    public static ExecutableSymbols Read(string file, SymbolLimits? limits = null)
    {
        ExecutableSymbols.TryRead(File.ReadAllBytes(file), limits ?? SymbolLimits.Default, out var symbols, out var error).ShouldBeTrue(error);
        return symbols!;
    }
}
