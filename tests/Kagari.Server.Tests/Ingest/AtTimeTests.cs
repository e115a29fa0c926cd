using System.Globalization;
using Kagari.Server.Ingest.Legacy;

namespace Kagari.Server.Tests.Ingest;

/// <summary>The syntax of <c>from</c> and <c>until</c> (wire reference §3.6).</summary>
public sealed class AtTimeTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.Parse("2024-05-06T07:08:09Z", CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("1700000000", "2023-11-14T22:13:20.000")]
    [InlineData("1700000000123", "2023-11-14T22:13:20.123")]
    [InlineData("1700000000123000", "2023-11-14T22:13:20.123")]
    [InlineData("1700000000123000000", "2023-11-14T22:13:20.123")]
    [InlineData("17_000,00 000", "2023-11-14T22:13:20.000")]
    [InlineData("20240102", "2024-01-02T00:00:00.000")]
    [InlineData("20241302", "1970-08-23T06:35:02.000")]
    [InlineData("0", "1970-01-01T00:00:00.000")]
    [InlineData("now-1h", "2024-05-06T06:08:09.000")]
    [InlineData("now-1h30m", "2024-05-06T05:38:09.000")]
    [InlineData("now+90s", "2024-05-06T07:09:39.000")]
    [InlineData("anything-1min", "2024-05-06T07:07:09.000")]
    [InlineData("-2d", "2024-05-04T07:08:09.000")]
    [InlineData("now-1w", "2024-04-29T07:08:09.000")]
    [InlineData("now-1M", "2024-04-06T07:08:09.000")]
    [InlineData("now-1mon", "2024-04-06T07:08:09.000")]
    [InlineData("now-1y", "2023-05-07T07:08:09.000")]
    public void Parse_KnownForm_GivesItsTime(string text, string expected) =>
        AtTime.Parse(text, Now).ToString("yyyy-MM-dd'T'HH:mm:ss.fff", CultureInfo.InvariantCulture).ShouldBe(expected);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("now")]
    [InlineData("soon")]
    [InlineData("now-1")]
    [InlineData("now-h")]
    [InlineData("now-1x")]
    [InlineData("now-99999999999y")]
    [InlineData("now-99999999999999999999h")]
    [InlineData("99999999999999999999999")]
    [InlineData("٣٤")]
    public void Parse_AnythingElse_IsNow(string? text) => AtTime.Parse(text, Now).ShouldBe(Now);

    [Fact]
    public void ParseNanos_LateTimes_EndInsteadOfWrapping()
    {
        AtTime.ParseNanos("99999999999", Now).ShouldBeGreaterThan(9_223_372_036_000_000_000);
        AtTime.ParseNanos("now-1000y", Now).ShouldBeLessThan(0);
        AtTime.ParseNanos("1700000000123456789", Now).ShouldBe(1_700_000_000_123_456_789);
    }
}
