using Kagari.Server.Authentication.Credentials;

namespace Kagari.Server.Tests.Authentication.Credentials;

/// <summary>How often the slow hash is computed.</summary>
public sealed class PasswordLoginsTests
{
    private readonly HandTime _time = new();
    private readonly CredentialSet _set = CredentialFile.Parse(AuthServer.File(AuthServer.User("alice", "sesame", "read", "a")), "auth.yaml");

    [Fact]
    public async Task Login_Repeated_IsCheckedOnceInFiveMinutes()
    {
        var logins = new PasswordLogins(_time);
        for (var i = 0; i < 10; i++)
        {
            (await logins.OfAsync(_set, "alice", "sesame", out _))!.Name.ShouldBe("alice");
            (await logins.OfAsync(_set, "alice", "wrong", out _)).ShouldBeNull();
            (await logins.OfAsync(_set, "nobody", "sesame", out _)).ShouldBeNull();
        }
        logins.Checks.ShouldBe(3);
        _time.Advance(TimeSpan.FromMinutes(6));
        (await logins.OfAsync(_set, "alice", "sesame", out _))!.Name.ShouldBe("alice");
        logins.Checks.ShouldBe(4);
    }

    [Fact]
    public async Task Login_AtTheSameTime_IsCheckedOnce()
    {
        var logins = new PasswordLogins(_time);
        var joined = 0;
        var all = Enumerable.Range(0, 50).Select(_ =>
        {
            var login = logins.OfAsync(_set, "alice", "sesame", out var isJoined);
            if (isJoined) joined++;
            return login;
        }).ToList();
        (await Task.WhenAll(all)).ShouldAllBe(i => i!.Name == "alice");
        logins.Checks.ShouldBe(1);
        joined.ShouldBeLessThan(50);
    }

    [Fact]
    public async Task NewFile_ForgetsAll()
    {
        var logins = new PasswordLogins(_time);
        (await logins.OfAsync(_set, "alice", "sesame", out _)).ShouldNotBeNull();
        var other = CredentialFile.Parse(AuthServer.File(AuthServer.User("alice", "other", "read", "a")), "auth.yaml");
        (await logins.OfAsync(other, "alice", "sesame", out _)).ShouldBeNull();
        (await logins.OfAsync(other, "alice", "other", out _)).ShouldNotBeNull();
    }

    [Fact]
    public async Task WrongPasswords_Many_DoNotDriveOutTheRightOne()
    {
        var logins = new PasswordLogins(_time);
        await logins.OfAsync(_set, "alice", "sesame", out _);
        for (var i = 0; i < 1100; i++) await logins.OfAsync(_set, "alice", $"guess {i}", out _);
        var checks = logins.Checks;
        await logins.OfAsync(_set, "alice", "sesame", out _);
        logins.Checks.ShouldBe(checks);
        await logins.OfAsync(_set, "alice", "guess 0", out _);
        logins.Checks.ShouldBe(checks + 1, "the oldest guess was forgotten: memory is bounded");
    }
}
