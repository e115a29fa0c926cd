using System.Net;
using Kagari.Server.Authentication;
using Kagari.Server.Authentication.Enforcement;
using Kagari.Server.Metrics;
using Kagari.Server.Rpc;
using Kagari.Server.Tests.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Kagari.Server.Tests.Authentication.Enforcement;

public sealed class RefusalLogTests : ILogger
{
    private static readonly Refusal Wrong = Refusal.Login(FailureReason.WrongPassword, "User or password is wrong.");

    private readonly List<string> _lines = [];
    private readonly ManualTime _time = new();
    private readonly ServerMetrics _metrics = new("1");

    [Fact]
    public void Add_ManyOfOneAddress_WritesOneAMinuteAndCountsAll()
    {
        var log = new RefusalLog(_metrics, this, _time);
        for (var i = 0; i < 100; i++) log.Add(From("192.0.2.1"), Wrong, null);
        log.Add(From("192.0.2.2"), Wrong, null);
        _lines.ShouldBe(["Refused 192.0.2.1 at (null): wrong_password (unknown caller)", "Refused 192.0.2.2 at (null): wrong_password (unknown caller)"]);
        _time.Advance(TimeSpan.FromSeconds(61));
        log.Add(From("192.0.2.1"), new Refusal(FailureReason.Scope, RpcCode.PermissionDenied, ""), new Identity("ci", Scopes.Read, new TenantSet(["a"])));
        _lines[2..].ShouldBe(["Refused 192.0.2.1 at (null): missing_scope (ci)"]);
        (_metrics.AuthFailures(FailureReason.WrongPassword), _metrics.AuthFailures(FailureReason.Scope)).ShouldBe((101, 1));
    }

    [Fact]
    public void Add_WithoutCredentials_IsCountedOnly()
    {
        new RefusalLog(_metrics, this, _time).Add(From("192.0.2.1"), new Refusal(FailureReason.Missing, RpcCode.Unauthenticated, ""), null);
        _lines.ShouldBeEmpty();
        _metrics.AuthFailures(FailureReason.Missing).ShouldBe(1);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Add(formatter(state, exception));

    private static DefaultHttpContext From(string address)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return http;
    }
}
