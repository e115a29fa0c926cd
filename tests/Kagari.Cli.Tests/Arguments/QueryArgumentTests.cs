using Kagari.Cli.Arguments;

namespace Kagari.Cli.Tests.Arguments;

public sealed class QueryArgumentTests
{
    private const string Heap = "memory:inuse_space:bytes:space:bytes";

    [Theory]
    [InlineData("{service_name=\"shop\"}", null, QueryArgument.TypeDefault, "{service_name=\"shop\"}")]
    [InlineData("{}", Heap, Heap, "{}")]
    [InlineData(Heap + "{pod=\"a\"}", null, Heap, "{pod=\"a\"}")]
    [InlineData(Heap + "{pod=\"a\"}", Heap, Heap, "{pod=\"a\"}")]
    [InlineData(Heap, null, Heap, "{}")]
    [InlineData("shop", null, QueryArgument.TypeDefault, "{service_name=\"shop\"}")]
    [InlineData("ns/sh\"op", null, QueryArgument.TypeDefault, "{service_name=\"ns/sh\\\"op\"}")]
    [InlineData("memory{pod=\"a\"}", Heap, Heap, "memory{pod=\"a\"}")]
    [InlineData(" {a=\"b:c:d:e:f\"} ", null, QueryArgument.TypeDefault, "{a=\"b:c:d:e:f\"}")]
    public void Parse_EachForm_GivesTypeAndSelector(string text, string? type, string expectedType, string selector) =>
        QueryArgument.Parse(text, type).ShouldBe(new QueryArgument(expectedType, selector));

    [Theory]
    [InlineData("", null)]
    [InlineData("{a=\"b\"", null)]
    [InlineData("a:b{c=\"d\"}", null)]
    [InlineData("{}", "cpu")]
    [InlineData(Heap + "{}", QueryArgument.TypeDefault)]
    public void Parse_OtherText_IsAUsageError(string text, string? type) =>
        Should.Throw<CommandFailedException>(() => QueryArgument.Parse(text, type)).ExitCode.ShouldBe(ExitCode.Usage);
}
