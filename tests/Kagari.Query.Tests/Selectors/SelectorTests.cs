using Kagari.Profiles;

namespace Kagari.Query.Tests.Selectors;

public sealed class SelectorTests
{
    private static readonly LabelSet Cart = LabelSet.Of([("service_name", "cart"), ("pod", "cart-1"), ("a.b", "dots")]);

    [Theory]
    [InlineData("{}", true)]
    [InlineData("""{service_name="cart"}""", true)]
    [InlineData("""{service_name="car"}""", false)]
    [InlineData("""{service_name!="cart"}""", false)]
    [InlineData("""{service_name=~"c.*"}""", true)]
    [InlineData("""{service_name=~"ar"}""", false)]           // anchored at both ends
    [InlineData("""{service_name!~"c.*"}""", false)]
    [InlineData("""{zone=""}""", true)]                        // an absent label reads as empty
    [InlineData("""{zone!="x"}""", true)]
    [InlineData("""{zone=~".*"}""", true)]
    [InlineData("""{zone=~".+"}""", false)]
    [InlineData("""{zone!=""}""", false)]
    [InlineData("""{"a.b"="dots"}""", true)]
    [InlineData("""{ service_name = "cart" , pod =~ "cart-[0-9]+" , }""", true)]
    [InlineData("""{service_name='cart',pod=`cart-1`}""", true)]
    [InlineData("""{service_name="c\u0061rt"}""", true)]
    [InlineData("""{pod=~"cart-\\d"}""", true)]
    [InlineData("""{pod=~"(?i)CART-1"}""", true)]
    [InlineData("""{pod=~"(?P<name>cart)-1"}""", true)]
    [InlineData("""{pod=~"[[:alpha:]]+-1"}""", true)]
    [InlineData("""{pod=~"\\Qcart-1\\E"}""", true)]
    [InlineData("""{pod=~"cart-1|other"}""", true)]
    [InlineData("""{pod=~"^cart-1$"}""", true)]
    public void Matches_OfASeries_FollowsPrometheus(string text, bool expected)
    {
        SelectorParser.TryParse(text, out var selector, out var error).ShouldBeTrue(error);
        selector!.Matches(Cart).ShouldBe(expected);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("}")]
    [InlineData("{a}")]
    [InlineData("{a=}")]
    [InlineData("{a=b}")]
    [InlineData("""{a="b}""")]
    [InlineData("""{a="b"}}""")]
    [InlineData("""{a="b" c="d"}""")]
    [InlineData("""{,}""")]
    [InlineData("""{a=~"("}""")]
    [InlineData("""{a=~"(?=x)"}""")]
    [InlineData("""{a=~"(a)\\1"}""")]
    [InlineData("""{a=~"["}""")]
    [InlineData("""{a="\q"}""")]
    [InlineData("""{1a="b"}""")]
    public void TryParse_NoSelector_SaysWhereAndWhy(string text)
    {
        SelectorParser.TryParse(text, out _, out var error).ShouldBeFalse();
        error.ShouldContain("parse error at char");
    }

    [Fact]
    public void TryParse_BareName_MatchesTheMetricName()
    {
        SelectorParser.TryParse("process_cpu:cpu:nanoseconds:cpu:nanoseconds{pod=\"x\"}", out var selector, out _).ShouldBeTrue();
        selector!.Matchers[0].Name.ShouldBe("__name__");
        selector.Matchers[0].Value.ShouldBe("process_cpu:cpu:nanoseconds:cpu:nanoseconds");
    }

    [Fact]
    public void TryParse_RandomText_NeverThrows()
    {
        const int Seed = 3;
        var random = new Random(Seed);
        const string Alphabet = "{}ab\"=~!,\\'` .*()[]^$?+|{}x\u00e9";
        for (var round = 0; round < 20_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (SelectorParser.TryParse(text, out var selector, out var error)) selector!.Matches(Cart);
            else error.ShouldNotBeNullOrEmpty($"seed {Seed}, round {round}");
        }
    }

    [Fact]
    public void Matches_HostileRegex_TakesLinearTime()
    {
        SelectorParser.TryParse("""{a=~"(a+)+b"}""", out var selector, out _).ShouldBeTrue();
        selector!.Matches(LabelSet.Of([("a", new string('a', 20_000))])).ShouldBeFalse();
    }
}
