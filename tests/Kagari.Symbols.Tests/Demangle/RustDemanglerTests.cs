using System.Text;

namespace Kagari.Symbols.Tests.Demangle;

/// <summary>Names of Rust in both forms.</summary>
public sealed class RustDemanglerTests
{
    /// <summary>From the texts of the specifications.</summary>
    [Theory]
    [InlineData("_ZN4core3fmt9Formatter3pad17h0123456789abcdefE", "core::fmt::Formatter::pad")]
    [InlineData("_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE", "<Test + 'static as foo::Bar<Test>>::bar")]
    [InlineData("_ZN3foo3bar17h05af221e174051e9E.llvm.123", "foo::bar")]
    [InlineData("_RNvCs1234_7mycrate3foo", "mycrate::foo")]
    [InlineData("_RNvC6_123foo3bar", "123foo::bar")]
    [InlineData("_RNCNCNgCs6DXkGYLi8lr_2cc5spawn00B5_", "cc::spawn::{closure#0}::{closure#0}")]
    [InlineData("_RINvNtC3std3mem8align_ofuE", "std::mem::align_of::<()>")]
    [InlineData("_RINvNtC3std3mem8align_ofdE", "std::mem::align_of::<f64>")]
    [InlineData("_RNvMC7mycrateNtB2_3Foo3new", "<mycrate::Foo>::new")]
    [InlineData("_RNvXC7mycrateNtB2_3FooNtB2_5Trait6method", "<mycrate::Foo as mycrate::Trait>::method")]
    [InlineData("_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y", "utf8_idents::საჭმელად_გემრიელი_სადილი")]
    [InlineData("_RINvC1a1fKb1_Kc61_Kln5_Kj_E", "a::f::<true, 'a', -5, 0>")]
    [InlineData("_RINvC1a1fRL_eQShA_uj3_TaETEFEuFUKCaEbE", null)]
    [InlineData("_RINvC1a1fReQShAuj3_TaETEFEuFUKCaEbE", "a::f::<&str, &mut [u8], [(); 3], (i8,), (), fn(), unsafe extern \"C\" fn(i8) -> bool>")]
    [InlineData("_RINvC1a1fDNtC1b1Tp1AyEL_E", "a::f::<dyn b::T<A = u64>>")]
    [InlineData("_RINvC1a1fFG_RL0_uEuE", "a::f::<for<'a> fn(&'a ())>")]
    public void Demangle_Examples_AreAsSpecified(string name, string? expected) => Demangler.Demangle(name).ShouldBe(expected ?? name);

    [Theory]
    [InlineData("legacy")]
    [InlineData("v0")]
    public void Demangle_EachSymbolOfAProgram_IsWhatCppfiltSays(string version)
    {
        var file = RustProgram.Build($"-Z unstable-options -C symbol-mangling-version={version}");
        var names = Tool.Run("nm", [file]).Split('\n').Select(line => line[(line.LastIndexOf(' ') + 1)..])
            .Where(name => name.StartsWith("_R", StringComparison.Ordinal) || name.StartsWith("_ZN", StringComparison.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        names.Count.ShouldBeGreaterThan(500);
        var expected = Tool.Run("c++filt", ["-i"], string.Join('\n', names) + "\n").Split('\n');
        var (text, wrong) = (new StringBuilder(), 0);
        for (var i = 0; i < names.Count; i++)
        {
            var actual = Demangler.Demangle(names[i]);
            if (actual == expected[i]) continue;
            // Agreed: c++filt may be older than the compiler, and knows escapes of ASCII only in the older form.
            if (expected[i] == names[i] || expected[i].Contains("$u", StringComparison.Ordinal)) continue;
            if (++wrong < 10) text.Append($"\n{names[i]}\n  ours   {actual}\n  theirs {expected[i]}");
        }
        wrong.ShouldBe(0, $"of {names.Count}:{text}");
        names.Count(name => Demangler.Demangle(name) == name).ShouldBeLessThanOrEqualTo(names.Count / 100);
    }
}
