namespace Kagari.Symbols.Tests.Elf;

public sealed class SymbolTableTests
{
    [Theory]
    [InlineData("-O2")]
    [InlineData("-O2 -no-pie")]
    public void TryResolve_SymbolTable_KnowsEachFunction(string options)
    {
        var file = Compiled.Program("gcc", "plain.c", options);
        var symbols = Compiled.Read(file);
        var functions = Nm(file);
        foreach (var name in new[] { "main", "hidden", "insert", "add_all", "overridable", "fail", "switcher" })
            Name(symbols, functions[name]).ShouldBe(name);
    }

    [Fact]
    public void TryResolve_StrippedLibrary_KnowsWhatItExports()
    {
        var file = Compiled.Program("gcc", "plain.c", "-O2 -fPIC -shared -DLIBRARY");
        var functions = Nm(file);
        var stripped = Compiled.Read(Compiled.Derived(file, "objcopy", "--strip-all"));
        Name(stripped, functions["switcher"]).ShouldBe("switcher");
        Name(stripped, functions["hidden"]).ShouldBeNull();
    }

    private static string? Name(ExecutableSymbols symbols, ulong address)
    {
        var frames = new List<SymbolFrame>();
        return symbols.TryResolve(address, frames) ? frames[^1].SystemName : null;
    }

    private static Dictionary<string, ulong> Nm(string file) => Tool.Run("nm", [file]).Split('\n')
        .Select(line => line.Split(' ')).Where(parts => parts is [{ Length: 16 }, "t" or "T" or "W", _])
        .ToDictionary(parts => parts[2], parts => Convert.ToUInt64(parts[0], 16), StringComparer.Ordinal);
}
