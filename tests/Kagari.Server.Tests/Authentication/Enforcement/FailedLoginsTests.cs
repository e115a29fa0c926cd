using System.Net;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Tests.Configuration;

namespace Kagari.Server.Tests.Authentication.Enforcement;

public sealed class FailedLoginsTests
{
    private static readonly IPAddress One = IPAddress.Parse("192.0.2.1"), Two = IPAddress.Parse("192.0.2.2");

    private readonly ManualTime _time = new();

    [Fact]
    public void Bucket_Empty_FillsWithTime()
    {
        var failed = new FailedLogins(3, TimeSpan.FromMinutes(1), _time);
        for (var i = 0; i < 3; i++) failed.TryTake(One, out _).ShouldBeTrue();
        failed.TryTake(One, out var wait).ShouldBeFalse();
        wait.ShouldBe(TimeSpan.FromSeconds(20));
        failed.TryTake(Two, out _).ShouldBeTrue("addresses are apart");
        _time.Advance(TimeSpan.FromSeconds(21));
        failed.TryTake(One, out _).ShouldBeTrue();
        failed.TryTake(One, out _).ShouldBeFalse();
        _time.Advance(TimeSpan.FromHours(1));
        for (var i = 0; i < 3; i++) failed.TryTake(One, out _).ShouldBeTrue();
        failed.TryTake(One, out _).ShouldBeFalse("a bucket holds no more than its limit");
    }

    [Fact]
    public void RightLogins_AnyNumber_TakeNothing()
    {
        var failed = new FailedLogins(3, TimeSpan.FromMinutes(1), _time);
        for (var i = 0; i < 100; i++)
        {
            failed.TryTake(One, out _).ShouldBeTrue();
            failed.GiveBack(One);
        }
    }

    [Fact]
    public void Networks_OfIpv6_AreOneAddress()
    {
        var failed = new FailedLogins(2, TimeSpan.FromMinutes(1), _time);
        failed.TryTake(IPAddress.Parse("2001:db8::1"), out _).ShouldBeTrue();
        failed.TryTake(IPAddress.Parse("2001:db8::ffff:2"), out _).ShouldBeTrue();
        failed.TryTake(IPAddress.Parse("2001:db8::3"), out _).ShouldBeFalse();
        failed.TryTake(IPAddress.Parse("2001:db8:0:1::3"), out _).ShouldBeTrue();
        for (var i = 0; i < 2; i++) failed.TryTake(One, out _).ShouldBeTrue();
        failed.TryTake(IPAddress.Parse("::ffff:192.0.2.1"), out _).ShouldBeFalse("the same address in IPv6's clothes");
    }

    [Fact]
    public void Limit_Of0_IsNone()
    {
        var failed = new FailedLogins(0, TimeSpan.FromMinutes(1), _time);
        for (var i = 0; i < 1000; i++) failed.TryTake(One, out _).ShouldBeTrue();
    }

    [Fact]
    public void Table_OfManyAddresses_IsBoundedAndDropsTheLeastRecent()
    {
        var table = new AddressTable<object>(3);
        var first = table.Of(IPAddress.Parse("10.0.0.1"));
        for (var i = 2; i <= 100; i++)
        {
            table.Of(IPAddress.Parse($"10.0.0.{i}"));
            table.Of(IPAddress.Parse("10.0.0.1")).ShouldBeSameAs(first);
        }
        table.Count.ShouldBe(3);
    }

    [Fact]
    public async Task Server_AfterTooMany_RefusesPasswordsUnseenButNoTokens()
    {
        var file = AuthServer.File(AuthServer.User("alice", "sesame", "read", "a"), AuthServer.Token("reader", AuthServer.Reader, "read", "a"));
        await using var server = await AuthServer.StartAsync(file, auth: (o, _) => o with { FailedLoginsMax = 5 });
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"))).ShouldBe(200);
        for (var i = 0; i < 5; i++) (await server.AskAsync(AuthServer.Basic("alice", $"guess {i}"))).ShouldBe(401);
        using (var request = AuthServer.Question())
        {
            request.Headers.Authorization = AuthServer.Basic("alice", "guess 6");
            using var response = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
            ((int)response.StatusCode, response.Headers.RetryAfter!.Delta!.Value.TotalSeconds is >= 1 and <= 12).ShouldBe((429, true));
        }
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"))).ShouldBe(429, "else the answer would tell which guess was right");
        (await server.AskAsync(AuthServer.Bearer("kgr_wrong"))).ShouldBe(429);
        (await server.AskAsync(AuthServer.Bearer(AuthServer.Reader))).ShouldBe(200, "tokens cannot be guessed, so neighbours go on");
        (await server.AskAsync(AuthServer.Basic("42", AuthServer.Reader))).ShouldBe(200);
        (await server.AskAsync(null)).ShouldBe(401);
        server.Failures("rate_limited").ShouldBe(3);

        server.Time.Advance(TimeSpan.FromMinutes(2));
        (await server.AskAsync(AuthServer.Basic("alice", "sesame"))).ShouldBe(200);
    }
}
