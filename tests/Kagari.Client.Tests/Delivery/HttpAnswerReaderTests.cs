using System.Text;
using Kagari.Client.Delivery;
using Kagari.Testing;

namespace Kagari.Client.Tests.Delivery;

public sealed class HttpAnswerReaderTests
{
    private static readonly string[] Real =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nDate: now\r\n\r\n",
        "HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 4\r\n\r\ndown",
        "HTTP/1.1 400 Bad\r\nTransfer-Encoding: chunked\r\n\r\n3;x=y\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: x\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200\r\nConnection: close\r\n\r\nto the end",
        "HTTP/1.0 404 Not Found\n\nold",
        "HTTP/1.1 204 No Content\r\n\r\n",
    ];

    [Theory]
    [InlineData(0, 200, "", true)]
    [InlineData(1, 503, "down", true)]
    [InlineData(2, 400, "abcde", true)]
    [InlineData(3, 200, "to the end", false)]
    [InlineData(4, 404, "old", false)]
    [InlineData(5, 204, "", true)]
    public void Read_RealAnswers_AreUnderstoodHoweverTheyArrive(int index, int status, string body, bool isWhole)
    {
        for (var piece = 1; piece < 9; piece++)
        {
            var answer = new HttpAnswerReader(new Pieces(Encoding.ASCII.GetBytes(Real[index]), piece)).Read();
            (answer.Status, answer.Body, answer.IsWhole).ShouldBe((status, body, isWhole), $"pieces of {piece}");
        }
    }

    [Fact]
    public void Read_LongBody_IsCutAndTheConnectionNotUsedAgain()
    {
        var answer = Read("HTTP/1.1 500 X\r\nContent-Length: 9999999999\r\n\r\n" + new string('x', 100_000));
        answer.Body.Length.ShouldBe(HttpAnswerReader.BodyBytesMax);
        answer.IsWhole.ShouldBeFalse();
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc")]
    public void Read_ConnectionEnds_IsSaid(string text) => Should.Throw<EndOfStreamException>(() => Read(text));

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n", "The answer is not HTTP/1.1: it begins with 'SSH-2.0-OpenSSH_9.2'.")]
    [InlineData("HTTP/1.1 2x0 OK\r\n\r\n", "The answer is not HTTP/1.1: it begins with 'HTTP/1.1 2x0 OK'.")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n", "The answer has a Content-Length of '-5'.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n", "The answer has a chunk of length 'ffffffff'.")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", "A chunk of the answer is longer than it says.")]
    public void Read_NoHttp_SaysWhatItFound(string text, string message) => Should.Throw<InvalidDataException>(() => Read(text)).Message.ShouldBe(message);

    [Fact]
    public void Read_HeadersWithoutEnd_AreLimited() =>
        Should.Throw<InvalidDataException>(() => new HttpAnswerReader(new Pieces(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("A: b\r\n", 20_000))), 1000)).Read())
            .Message.ShouldBe("The answer has more than 65536 bytes of headers.");

    [Fact]
    public void Read_AnyBytes_GiveAnAnswerOrAnError()
    {
        foreach (var seed in FuzzBudget.Seeds(5000))
        {
            var random = new Random(seed);
            var bytes = FuzzBudget.Mutate(Encoding.ASCII.GetBytes(Real[random.Next(Real.Length)]), random);
            try
            {
                var answer = new HttpAnswerReader(new Pieces(bytes, random.Next(1, 50))).Read();
                answer.Status.ShouldBeInRange(200, 999, $"seed {seed}");
                answer.Body.Length.ShouldBeLessThanOrEqualTo(bytes.Length, $"seed {seed}");
            }
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
            {
                e.Message.ShouldNotBeEmpty();
            }
            catch (Exception e) when (e is not ShouldAssertException)
            {
                Assert.Fail($"seed {seed}: {e}");
            }
        }
    }

    private static HttpAnswer Read(string text) => new HttpAnswerReader(new MemoryStream(Encoding.ASCII.GetBytes(text))).Read();

    /// <summary>Gives at most so many bytes at once, as networks do.</summary>
    private sealed class Pieces(byte[] bytes, int most) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(most, buffer.Length)]);

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(most, count));
    }
}
