using Kagari.Server.Profefe;
using Kagari.Storage;

namespace Kagari.Server.Tests.Profefe;

public sealed class ProfefeIdTests
{
    /// <summary>The example of rs/xid's documentation.</summary>
    [Fact]
    public void Text_IsThatOfXid()
    {
        var id = new ProfefeId(0x4d88e15b, 0x60f486e428412dc9);
        id.ToString().ShouldBe("9m4e2mr0ui3e8a215n4g");
        ProfefeId.TryParse("9m4e2mr0ui3e8a215n4g", out var read).ShouldBeTrue();
        read.ShouldBe(id);
    }

    [Fact]
    public void Text_OfAnyId_ReadsBackAndSortsByTime()
    {
        var random = new Random(20261121);
        var ids = Enumerable.Range(0, 2000).Select(_ => new ProfefeId((uint)random.NextInt64(1L << 32), (ulong)random.NextInt64())).ToList();
        foreach (var id in ids)
        {
            ProfefeId.TryParse(id.ToString(), out var read).ShouldBeTrue();
            read.ShouldBe(id);
        }
        ids.OrderBy(i => i.ToString(), StringComparer.Ordinal).Select(i => i.Seconds).ShouldBeInOrder();
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx")]
    [InlineData("9m4e2mr0ui3e8a215n4h")]   // bits beyond the twelfth byte
    [InlineData("9m4e2mr0ui3e8a215n4w")]
    [InlineData("9M4e2mr0ui3e8a215n4g")]
    [InlineData("9m4e2mr0ui3e8a215n4g0")]
    public void TryParse_WhatIsNoId_IsRefused(string text) => ProfefeId.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Of_AProfile_HoldsItsSecondAndContent()
    {
        var identity = new RowIdentity(0x0102030405060708, 1_700_000_000_999_999_999);
        var id = ProfefeId.Of(identity);
        id.ShouldBe(new ProfefeId(1_700_000_000, 0x0102030405060708));
        id.IsOf(identity).ShouldBeTrue();
        id.IsOf(identity with { ContentHash = 1 }).ShouldBeFalse();
    }
}
