using Kagari.Cli.Arguments;

namespace Kagari.Cli.Tests.Arguments;

public sealed class TimeArgumentTests
{
    private static readonly FixedTime Time = new(FixedTime.Noon);

    [Theory]
    [InlineData("now", "2026-01-31T12:00:00Z")]
    [InlineData("now-1h", "2026-01-31T11:00:00Z")]
    [InlineData("now-1h30m", "2026-01-31T10:30:00Z")]
    [InlineData("now-1.5h", "2026-01-31T10:30:00Z")]
    [InlineData("now-2d", "2026-01-29T12:00:00Z")]
    [InlineData("now+1w", "2026-02-07T12:00:00Z")]
    [InlineData("1769860800", "2026-01-31T12:00:00Z")]
    [InlineData("1769860800000", "2026-01-31T12:00:00Z")]
    [InlineData("1769860800000000", "2026-01-31T12:00:00Z")]
    [InlineData("1769860800000000000", "2026-01-31T12:00:00Z")]
    [InlineData("2026-01-31", "2026-01-31T00:00:00Z")]
    [InlineData("2026-01-31T14:05:00Z", "2026-01-31T14:05:00Z")]
    [InlineData("2026-01-31T14:05:00+02:00", "2026-01-31T12:05:00Z")]
    [InlineData("2026-01-31 14:05", "2026-01-31T14:05:00Z")]
    public void Parse_EachForm_GivesItsTime(string text, string time) =>
        TimeArgument.ParseMillis("--from", text, Time).ShouldBe(DateTimeOffset.Parse(time).ToUnixTimeMilliseconds());

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("now-")]
    [InlineData("now-1")]
    [InlineData("now-1y")]
    [InlineData("now-h")]
    [InlineData("now-1h-1h")]
    [InlineData("12345678901")]
    [InlineData("now-99999999999999d")]
    public void Parse_OtherText_IsAUsageError(string text) =>
        Should.Throw<CommandFailedException>(() => TimeArgument.ParseNanos("--from", text, Time)).ExitCode.ShouldBe(ExitCode.Usage);

    [Fact]
    public void ParseNanos_OfNanoseconds_IsExact() => TimeArgument.ParseNanos("--time", "1769860800123456789", Time).ShouldBe(1769860800123456789);
}
