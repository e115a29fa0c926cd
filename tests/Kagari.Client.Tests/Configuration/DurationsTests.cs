using Kagari.Client.Configuration;

namespace Kagari.Client.Tests.Configuration;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("10s", 10_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("500ms", 500)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("15", 15_000)]
    [InlineData("00:00:20", 20_000)]
    public void TryRead_WhatPeopleWrite_IsUnderstood(string text, int millis)
    {
        Durations.TryRead(text, out var value).ShouldBeTrue();
        value.TotalMilliseconds.ShouldBe(millis);
        Durations.TryRead(Durations.Format(value), out var again).ShouldBeTrue();
        again.ShouldBe(value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("10 parsecs")]
    [InlineData("1e300h")]
    [InlineData("NaN")]
    [InlineData("12:")]
    public void TryRead_AnythingElse_IsRefused(string text) => Durations.TryRead(text, out _).ShouldBeFalse();
}
