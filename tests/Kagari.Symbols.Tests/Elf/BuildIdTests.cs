namespace Kagari.Symbols.Tests.Elf;

public sealed class BuildIdTests
{
    [Fact]
    public void BuildId_OfEachKindOfFile_IsTheLinkers()
    {
        var whole = Compiled.Program("gcc", "plain.c", "-O2 -g -Wl,--build-id=0x0123456789abcdef");
        Compiled.Read(whole).BuildId.ShouldBe("0123456789abcdef");
        Compiled.Read(Compiled.Derived(whole, "objcopy", "--strip-all")).BuildId.ShouldBe("0123456789abcdef");
        Compiled.Read(Compiled.Derived(whole, "objcopy", "--only-keep-debug")).BuildId.ShouldBe("0123456789abcdef");
        Compiled.Read(Compiled.Program("gcc", "plain.c", "-O2 -Wl,--build-id=none")).BuildId.ShouldBe("");
    }
}
