namespace Kagari.Query.Tests.Export.Parquet;

/// <summary>Bytes that are compared with a drawing: hexadecimal, blanks where they help.</summary>
internal sealed class HexBytes(byte[] bytes)
{
    public void ShouldBe(string drawing) => Convert.ToHexString(bytes).ShouldBe(drawing.Replace(" ", ""));
}
