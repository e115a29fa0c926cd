using System.Text;
using Kagari.Testing;

namespace Kagari.Symbols.Tests.Demangle;

/// <summary>Any text gives a text of bounded size.</summary>
public sealed class DemanglerFuzzTests
{
    private const string Letters = "_ZNSTIEXJLCDKPROFAMUGVWabcdefghijklmnopqrstuvwxyz0123456789$.s";

    private static readonly string[] s_names =
    [
        "_ZNSt11_Tuple_implILm0EJPN6shapes5ShapeESt14default_deleteIS1_EEEC1IRS2_JS3_INS0_4BothEEEvEEOT_DpOT0_",
        "_ZN4llvm17make_filter_rangeIRNS_10BasicBlockESt8functionIFbRNS_11InstructionEEEEENS_14iterator_rangeINS_20filter_iterator_implIDTclsr3stdE5beginclsr3stdE7declvalIRT_EEEET0_NS_6detail15fwd_or_bidi_tagISC_E4typeEEEEEOSA_SD_",
        "_ZZ4mainENKUlPKcS0_E_clES0_S0_.isra.0.cold",
        "_ZThn16_N6shapes4Both6secondEv",
        "_RINvMNtCsgEmfK2I1SDS_4core6optionINtB3_6OptionReE11map_or_elseNtNtCslNYArtu3iFV_5alloc6string6StringNCNvNtB12_3fmt6format0NvYeNtNtB12_6borrow7ToOwned8to_ownedECs4T4zK9Otvt5_5names",
        "_RNqCs4fqI2P2rA04_11utf8_identsu30____7hkackfecea1cbdathfdh9hlq6y",
        "_ZN71_$LT$Test$u20$$u2b$$u20$$u27$static$u20$as$u20$foo..Bar$LT$Test$GT$$GT$3bar17h930b740aa94f1d3aE",
    ];

    [Fact]
    public void Demangle_MutatedNames_IsBounded()
    {
        var changed = 0;
        foreach (var seed in FuzzBudget.Seeds(60_000))
        {
            var random = new Random(seed);
            var name = random.Next(3) == 0 ? RandomName(random)
                : Encoding.Latin1.GetString(FuzzBudget.Mutate(Encoding.Latin1.GetBytes(s_names[random.Next(s_names.Length)]), random));
            try
            {
                var text = Demangler.Demangle(name);
                text.Length.ShouldBeLessThan(1 << 20);
                if (text != name) changed++;
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}: {name}", e);
            }
        }
        changed.ShouldBeGreaterThan(0);
    }

    /// <summary>Each substitution doubles what the one before means: text of 2^60 characters is asked for.</summary>
    [Fact]
    public void Demangle_DoublingNames_ComeBackUnchanged()
    {
        const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        var cpp = new StringBuilder("_Z1f");
        for (var i = 0; i < 18; i++)
        {
            cpp.Append(i == 0 ? "1aIiiE" : $"1aIS{Digits[(2 * i) - 2]}_S{Digits[(2 * i) - 2]}_E");
            if (i == 2) Demangler.Demangle(cpp.ToString()).ShouldBe("f(a<int, int>, a<a<int, int>, a<int, int> >, a<a<a<int, int>, a<int, int> >, a<a<int, int>, a<int, int> > >)");
        }
        Demangler.Demangle(cpp.ToString()).ShouldBe(cpp.ToString());
        var rust = new StringBuilder("_RINvC1a1f");
        for (var i = 0; i < 40; i++) rust.Append('T');
        Demangler.Demangle(rust.ToString()).ShouldBe(rust.ToString());
    }

    [Theory]
    [InlineData("_ZN", "1aI")]
    [InlineData("_Z1f", "P")]
    [InlineData("_Z1fIXng", "ng")]
    [InlineData("_RINvC1a1f", "R")]
    [InlineData("_R", "NvNv")]
    [InlineData("_Z1fU", "l")]
    [InlineData("_ZZ", "Z")]
    public void Demangle_DeepNames_ComeBackUnchanged(string start, string part)
    {
        var name = start + string.Concat(Enumerable.Repeat(part, 10_000));
        Demangler.Demangle(name).ShouldBe(name);
    }

    private static string RandomName(Random random)
    {
        var text = new StringBuilder(random.Next(2) == 0 ? "_Z" : "_R");
        for (var n = random.Next(1, 60); n > 0; n--) text.Append(Letters[random.Next(Letters.Length)]);
        return text.ToString();
    }
}
