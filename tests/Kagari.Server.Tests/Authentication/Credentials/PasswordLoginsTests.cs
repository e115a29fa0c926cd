using Kagari.Server.Authentication;
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
            (await AskAsync(logins, _set, "alice", "sesame"))!.Name.ShouldBe("alice");
            (await AskAsync(logins, _set, "alice", "wrong")).ShouldBeNull();
            (await AskAsync(logins, _set, "nobody", "sesame")).ShouldBeNull();
        }
        logins.Checks.ShouldBe(3);
        _time.Advance(TimeSpan.FromMinutes(6));
        (await AskAsync(logins, _set, "alice", "sesame"))!.Name.ShouldBe("alice");
        logins.Checks.ShouldBe(4);
    }

    [Fact]
    public async Task Login_AtTheSameTime_IsCheckedOnce()
    {
        var logins = new PasswordLogins(_time);
        var all = Enumerable.Range(0, 50).Select(_ => AskAsync(logins, _set, "alice", "sesame")).ToList();
        (await Task.WhenAll(all)).ShouldAllBe(i => i!.Name == "alice");
        logins.Checks.ShouldBe(1);
    }

    [Fact]
    public async Task Logins_TooManyAtOnce_AreSentAway()
    {
        // Slow enough that none is done while the others are begun.
        var hash = PasswordHash.Create("sesame", 1_000_000);
        var slow = CredentialFile.Parse($"users: [{{name: alice, password: {hash}, scopes: [read], tenants: [a]}}]", "auth.yaml");
        var logins = new PasswordLogins(_time, runningMax: 2);
        logins.TryBegin(slow, "alice", "sesame", out var first, out _).ShouldBeTrue();
        logins.TryBegin(slow, "alice", "guess 1", out var second, out _).ShouldBeTrue();
        logins.TryBegin(slow, "alice", "guess 2", out _, out _).ShouldBeFalse();
        logins.TryBegin(slow, "alice", "sesame", out var joined, out var isJoined).ShouldBeTrue("what is under way may be waited for");
        (isJoined, ReferenceEquals(joined, first)).ShouldBe((true, true));
        (await first)!.Name.ShouldBe("alice");
        (await second).ShouldBeNull();
        (await AskAsync(logins, slow, "alice", "sesame")).ShouldNotBeNull();
    }

    [Fact]
    public async Task NewFile_ForgetsAll()
    {
        var logins = new PasswordLogins(_time);
        (await AskAsync(logins, _set, "alice", "sesame")).ShouldNotBeNull();
        var other = CredentialFile.Parse(AuthServer.File(AuthServer.User("alice", "other", "read", "a")), "auth.yaml");
        (await AskAsync(logins, other, "alice", "sesame")).ShouldBeNull();
        (await AskAsync(logins, other, "alice", "other")).ShouldNotBeNull();
    }

    [Fact]
    public async Task WrongPasswords_Many_DoNotDriveOutTheRightOne()
    {
        var logins = new PasswordLogins(_time);
        await AskAsync(logins, _set, "alice", "sesame");
        for (var i = 0; i < 1100; i++) await AskAsync(logins, _set, "alice", $"guess {i}");
        var checks = logins.Checks;
        await AskAsync(logins, _set, "alice", "sesame");
        logins.Checks.ShouldBe(checks);
        await AskAsync(logins, _set, "alice", "guess 0");
        logins.Checks.ShouldBe(checks + 1, "the oldest guess was forgotten: memory is bounded");
    }

    private static Task<Identity?> AskAsync(PasswordLogins logins, CredentialSet set, string user, string password) =>
        logins.TryBegin(set, user, password, out var login, out _) ? login : throw new InvalidOperationException("too many logins wait");
}
