using System.Text;
using Kagari.Profiles;

namespace Kagari.Profiles.Tests.Hashing;

/// <summary>Published vectors: the sanity checks of the reference implementation over its generated buffer, and common texts.</summary>
public sealed class XxHash64Tests
{
    [Theory]
    [InlineData("", 0ul, 0xEF46DB3751D8E999ul)]
    [InlineData("a", 0ul, 0xD24EC4F1A98C6E5Bul)]
    [InlineData("abc", 0ul, 0x44BC2CF5AD770999ul)]
    [InlineData("Nobody inspects the spammish repetition", 0ul, 0xFBCEA83C8A378BF1ul)]
    public void Of_Texts_EqualsPublishedHash(string text, ulong seed, ulong expected) =>
        XxHash64.Of(Encoding.ASCII.GetBytes(text), seed).ShouldBe(expected);

    [Theory]
    [InlineData(0, 0ul, 0xEF46DB3751D8E999ul)]
    [InlineData(0, 2654435761ul, 0xAC75FDA2929B17EFul)]
    [InlineData(1, 0ul, 0xE934A84ADB052768ul)]
    [InlineData(1, 2654435761ul, 0x5014607643A9B4C3ul)]
    [InlineData(14, 0ul, 0x8282DCC4994E35C8ul)]
    [InlineData(14, 2654435761ul, 0xC3BD6BF63DEB6DF0ul)]
    [InlineData(222, 0ul, 0xB641AE8CB691C174ul)]
    [InlineData(222, 2654435761ul, 0x20CB8AB7AE10C14Aul)]
    public void Of_SanityBuffer_EqualsTheReference(int length, ulong seed, ulong expected)
    {
        var buffer = new byte[length];
        ulong generator = 2654435761;
        for (var i = 0; i < length; i++)
        {
            buffer[i] = (byte)(generator >> 56);
            generator *= 11400714785074694797;
        }
        XxHash64.Of(buffer, seed).ShouldBe(expected);
    }
}
