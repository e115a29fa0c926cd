using System.Text;
using Google.Protobuf;
using Kagari.Wire.Json;
using Kagari.Wire.Push;
using Kagari.Wire.Pushing;
using static Kagari.Wire.Tests.Pushing.PushDrawing;

namespace Kagari.Wire.Tests.Pushing;

public sealed class PushBatchTests
{
    private const string TwoSeries = "{__name__=process_cpu,service_name=cart} p1 p2 | {a=ü} p3 | {} | {only=labels}";

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{a=1} p")]
    [InlineData(TwoSeries)]
    public void TryRead_WhatProtobufWrote_IsTheSame(string drawing)
    {
        PushBatch.TryRead(Draw(drawing).ToByteArray(), out var batch, out var error).ShouldBeTrue(error?.ToString());
        using (batch) Show(batch).ShouldBe(drawing);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("{a=1} p")]
    [InlineData(TwoSeries)]
    public void TryReadJson_WhatProtoJsonWrote_IsTheSame(string drawing)
    {
        PushBatch.TryReadJson(Json(Draw(drawing)), out var batch, out var error).ShouldBeTrue(error?.ToString());
        using (batch) Show(batch).ShouldBe(drawing);
    }

    [Fact]
    public void TryRead_LabelsAfterSamples_AreOfTheirSeries()
    {
        // Series { sample, label, sample }, then a series { label }.
        byte[] body =
        [
            10, 16, 18, 3, 10, 1, (byte)'p', 10, 4, 10, 2, (byte)'n', (byte)'1', 18, 3, 10, 1, (byte)'q',
            10, 6, 10, 4, 18, 2, (byte)'v', (byte)'2',
        ];
        PushBatch.TryRead(body, out var batch, out var error).ShouldBeTrue(error?.ToString());
        using (batch) Show(batch).ShouldBe("{n1=} p q | {=v2}");
    }

    [Theory]
    // Unknown fields of each wire type, a group within a group, and the label after them.
    [InlineData("0A0C" + "20FF01" + "290102030405060708", "{}")]
    [InlineData("7A0158" + "8D0100000000" + "0A00", "{}")]
    [InlineData("1B2301" + "0024" + "1C0A00", null)]
    [InlineData("0B0A010C", null)]
    [InlineData("1B23081F241C" + "0A020A00", "{=}")]
    public void TryRead_UnknownFields_AreSkippedOrNamed(string hex, string? drawing)
    {
        var ok = PushBatch.TryRead(Convert.FromHexString(hex), out var batch, out var error);
        if (drawing is null)
        {
            ok.ShouldBeFalse();
            error!.Offset.ShouldBeLessThanOrEqualTo(hex.Length / 2);
            return;
        }
        ok.ShouldBeTrue(error?.ToString());
        using (batch) Show(batch!).ShouldBe(drawing);
    }

    [Theory]
    [InlineData("0A", "The push request is invalid at byte 1: a number without its last byte.")]
    [InlineData("0A05", "The push request is invalid at byte 1: a length of 5 bytes, where 0 remain.")]
    [InlineData("0AFFFFFFFFFFFFFFFFFF01", "The push request is invalid at byte 1: a length of 18446744073709551615 bytes, where 0 remain.")]
    [InlineData("0AFFFFFFFFFFFFFFFFFFFF01", "The push request is invalid at byte 1: a number of more than 10 bytes.")]
    [InlineData("00", "The push request is invalid at byte 0: field number 0; expected 1 to 536870911.")]
    [InlineData("0A00" + "0F", "The push request is invalid at byte 2: wire type 7; expected 0 to 5.")]
    [InlineData("0A050A030A01FF", "The push request is invalid at byte 6: the name of a label is not valid UTF-8.")]
    [InlineData("0A03120230", "The push request is invalid at byte 3: a length of 2 bytes, where 1 remain.")]
    [InlineData("0C", "The push request is invalid at byte 1: the end of group 1, which was not begun.")]
    public void TryRead_BrokenBytes_NameTheByte(string hex, string expected)
    {
        PushBatch.TryRead(Convert.FromHexString(hex), out _, out var error).ShouldBeFalse();
        error!.ToString().ShouldBe(expected);
    }

    [Fact]
    public void TryRead_MoreRowsThanAllowed_IsAnError()
    {
        var body = new byte[(PushBatch.RowsMax + 1) * 2];
        for (var i = 0; i < body.Length; i += 2) body[i] = 10;
        PushBatch.TryRead(body, out _, out var error).ShouldBeFalse();
        error!.What.ShouldBe("more than 1048576 series; send several requests");
    }

    [Fact]
    public void TryRead_DeepGroups_AreRefusedWithoutRecursion()
    {
        PushBatch.TryRead(Enumerable.Repeat((byte)0x1b, 100_000).ToArray(), out _, out var error).ShouldBeFalse();
        error!.What.ShouldBe("groups nest deeper than 100");
    }

    [Theory]
    [InlineData("""{"series":[{"labels":[{"name":"a","value":"1"}],"samples":[{"rawProfile":"cDE="}]}]}""", "{a=1} p1")]
    [InlineData("""{"series":[{"samples":[{"raw_profile":"cDE","ID":"x"}],"labels":[{"value":"1","name":"a"}]}]}""", "{a=1} p1")]
    [InlineData("""{"series":[{"samples":[{"rawProfile":"_-_-"},{"rawProfile":"\/+\/+"}]}]}""", "{} ÿïþ ÿïþ")]
    [InlineData("""{"series":[{"annotations":[{"key":"k","value":"v"}],"labels":null,"samples":null,"new":{"a":[1]}}],"other":3}""", "{}")]
    [InlineData("""{"series":[{"labels":[{"name":"\u00e9\"","value":null}]}]}""", "{é\"=}")]
    [InlineData("""{"series":null}""", "")]
    [InlineData("{}", "")]
    public void TryReadJson_WhatClientsWrite_IsRead(string json, string drawing)
    {
        PushBatch.TryReadJson(Encoding.UTF8.GetBytes(json), out var batch, out var error).ShouldBeTrue(error?.ToString());
        using (batch) Show(batch).ShouldBe(drawing);
    }

    [Theory]
    [InlineData("", "byte 0")]
    [InlineData("[]", "byte 0: expected a PushRequest as an object")]
    [InlineData("""{"series":{}}""", "byte 10: series: expected an array")]
    [InlineData("""{"series":[1]}""", "byte 11: series: expected objects in the array")]
    [InlineData("""{"series":[{"labels":[{"name":1}]}]}""", "byte 30: labels: expected a string")]
    [InlineData("""{"series":[{"samples":[{"rawProfile":"a!"}]}]}""", "rawProfile: expected base64")]
    [InlineData("""{"series":[{"labels":[{"name":"\ud800"}]}]}""", "not valid Unicode")]
    [InlineData("""{"series":[]}x""", "byte 13: the text is not valid JSON from here")]
    [InlineData("""{"series":[""", "the text is not valid JSON from here")]
    public void TryReadJson_Broken_NamesTheByte(string json, string expected)
    {
        PushBatch.TryReadJson(Encoding.UTF8.GetBytes(json), out _, out var error).ShouldBeFalse();
        error!.ToString().ShouldContain(expected);
    }

    [Fact]
    public void TryRead_DamagedBytes_AgreesWithProtobuf() =>
        Mutations.Fuzz([Draw(TwoSeries).ToByteArray(), Draw("{a=1} p").ToByteArray()], 20_000, bytes =>
        {
            var ok = PushBatch.TryRead(bytes, out var batch, out var error);
            using (batch)
            {
                if (!ok)
                {
                    error!.Offset.ShouldBeInRange(0, bytes.Length);
                    return;
                }
                // What we accept, protobuf accepts, and it sees the same.
                Show(batch!).ShouldBe(Show(PushRequest.Parser.ParseFrom(bytes)));
            }
        });

    [Fact]
    public void TryReadJson_DamagedBytes_GivesBatchOrError() =>
        Mutations.Fuzz([Json(Draw(TwoSeries)), Json(Draw("{a=1} p"))], 20_000, bytes =>
        {
            var ok = PushBatch.TryReadJson(bytes, out var batch, out var error);
            using (batch)
            {
                if (ok) Show(batch!);
                else error!.Offset.ShouldBeInRange(0, bytes.Length);
                // What the general reader takes, this one takes, and it sees the same.
                if (ProtoJson.TryRead<PushRequest>(bytes, out var message, out _)) Show(batch!).ShouldBe(Show(message));
            }
        });

    private static byte[] Json(IMessage message)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        ProtoJson.Write(message, output);
        return output.WrittenSpan.ToArray();
    }
}
