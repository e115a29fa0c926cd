using System.Text;
using Kagari.Server.Authentication.Jwt;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication.Jwt;

/// <summary>Whatever becomes of a good token, it is no good token any more; whatever becomes of keys, they are keys or an error.</summary>
public sealed class JwtFuzzTests
{
    private static readonly SigningKey Rsa = SigningKey.OfRsa("r1"), Ec = SigningKey.OfEc("e1");

    [Fact]
    public async Task Tokens_Mutated_AreNeverBelieved()
    {
        var good = Rsa.Sign(JwtTests.Claims());
        foreach (var seed in FuzzBudget.Seeds(3000))
        {
            var random = new Random(seed);
            var text = Encoding.Latin1.GetString(FuzzBudget.Mutate(Encoding.ASCII.GetBytes(good), random));
            if (text == good) continue;
            var answer = await JwtTests.AskAsync(text, [Rsa]);
            answer.ShouldStartWith("jwt_", customMessage: $"seed {seed}: {text}");
        }
    }

    [Fact]
    public void KeySets_Mutated_GiveKeysOrAnError()
    {
        var good = Encoding.ASCII.GetBytes(FakeIssuer.KeySet(Rsa, Ec));
        foreach (var seed in FuzzBudget.Seeds(3000))
        {
            var isRead = JwtKeySet.TryRead(Encoding.Latin1.GetString(FuzzBudget.Mutate(good, new Random(seed))), out var keys, out _);
            (isRead, keys is not null).ShouldBe((isRead, isRead), $"seed {seed}");
        }
    }
}
