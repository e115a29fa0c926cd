using System.Text;
using Kagari.Server.Authentication.Credentials;
using Kagari.Server.Configuration;
using Kagari.Testing;

namespace Kagari.Server.Tests.Authentication.Credentials;

/// <summary>Any file gives credentials or all that is wrong with it.</summary>
public sealed class CredentialFileFuzzTests
{
    [Fact]
    public void Parse_MutatedFiles_GiveCredentialsOrErrors()
    {
        var file = Encoding.UTF8.GetBytes(AuthServer.File(
            AuthServer.User("alice", "sesame", "read, admin", "a, b"), AuthServer.Token("ci", "kgr_ci", "write", "\"*\""), AuthServer.Certificate("agent", "agent.example", "write", "a")));
        foreach (var seed in FuzzBudget.Seeds(3000))
        {
            var text = Encoding.UTF8.GetString(FuzzBudget.Mutate(file, new Random(seed)));
            try
            {
                CredentialFile.Parse(text, "auth.yaml").Count.ShouldBeInRange(0, 3, $"seed {seed}");
            }
            catch (ConfigurationException e)
            {
                e.Errors.ShouldNotBeEmpty($"seed {seed}");
            }
            catch (Exception e) when (e is not Shouldly.ShouldAssertException)
            {
                throw new InvalidOperationException($"seed {seed}: {text}", e);
            }
        }
    }
}
