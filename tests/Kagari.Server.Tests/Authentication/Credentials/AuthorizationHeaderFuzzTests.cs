using System.Text;
using Kagari.Server.Authentication.Credentials;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication.Credentials;

/// <summary>Any header gives credentials or an error.</summary>
public sealed class AuthorizationHeaderFuzzTests
{
    [Fact]
    public void TryRead_MutatedHeaders_GiveCredentialsOrAnError()
    {
        string[] headers = ["Basic YWxpY2U6c2VzYW1lOng=", "Bearer eyJhbGciOiJSUzI1NiJ9.e30.AAAA", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ü:" + new string('ö', 50)))];
        foreach (var seed in FuzzBudget.Seeds(20_000))
        {
            var random = new Random(seed);
            var bytes = FuzzBudget.Mutate(Encoding.UTF8.GetBytes(headers[random.Next(headers.Length)]), random);
            var isRead = AuthorizationHeader.TryRead(Encoding.Latin1.GetString(bytes), out var read, out var error);
            (read is not null, error is null).ShouldBe((isRead, isRead), $"seed {seed}");
            if (isRead) (read!.User + read.Secret).Any(char.IsControl).ShouldBeFalse($"seed {seed}");
        }
    }
}
