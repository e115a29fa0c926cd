namespace Kagari.Profiles.Tests.NetTrace;

public sealed class DotNetNamesTests
{
    [Theory]
    [InlineData("Shop.Cart", "Add", "Shop.Cart.Add")]
    [InlineData("Shop.Cart", ".ctor", "Shop.Cart..ctor")]
    [InlineData("", "Add", "Add")]
    [InlineData("Shop.Cart+Line+Part", "Add", "Shop.Cart.Line.Part.Add")]
    // State machines of async methods and iterators.
    [InlineData("Shop.Cart+<AddAsync>d__12", "MoveNext", "Shop.Cart.AddAsync")]
    [InlineData("Shop.Cart+<AddAsync>d__12`1[System.__Canon]", "MoveNext", "Shop.Cart.AddAsync")]
    [InlineData("Shop.Cart`1+<Lines>d__3[System.Int32]", "MoveNext", "Shop.Cart<int>.Lines")]
    [InlineData("Shop.Cart+<Lines>d__3", "System.Collections.IEnumerable.GetEnumerator", "Shop.Cart.Lines.System.Collections.IEnumerable.GetEnumerator")]
    [InlineData("Shop.Cart+<Lines>d__3", "<>m__Finally1", "Shop.Cart.Lines.<>m__Finally1")]
    // Lambdas and local functions, also async and within each other.
    [InlineData("Shop.Cart+<>c", "<Add>b__0_0", "Shop.Cart.Add.λ")]
    [InlineData("Shop.Cart+<>c__DisplayClass3_0", "<Add>b__1", "Shop.Cart.Add.λ")]
    [InlineData("Shop.Cart+<>c__3`1[System.__Canon]", "<Add>b__3_0", "Shop.Cart.Add.λ")]
    [InlineData("Shop.Cart+<>c", "<.ctor>b__0_0", "Shop.Cart..ctor.λ")]
    [InlineData("Shop.Cart", "<Add>g__Check|3_0", "Shop.Cart.Add.Check")]
    [InlineData("Shop.Cart+<>c__DisplayClass3_0", "<Add>g__Check|1", "Shop.Cart.Add.Check")]
    [InlineData("Shop.Cart+<>c+<<Add>b__3_1>d", "MoveNext", "Shop.Cart.Add.λ")]
    [InlineData("Shop.Cart+<<Add>g__Check|3_0>d", "MoveNext", "Shop.Cart.Add.Check")]
    [InlineData("Shop.Cart+<>c", "<<Add>g__Check|0_0>b__1", "Shop.Cart.Add.Check.λ")]
    // Programs without a Main of their own.
    [InlineData("Program", "<Main>$", "Program.Main")]
    [InlineData("Program+<<Main>$>d__0", "MoveNext", "Program.Main")]
    [InlineData("Program", "<<Main>$>g__Help|0_1", "Program.Main.Help")]
    [InlineData("Program", "<Main>", "Program.<Main>")]
    // Arguments.
    [InlineData("System.Collections.Generic.List`1[System.Int32]", "Add", "System.Collections.Generic.List<int>.Add")]
    [InlineData("System.Collections.Generic.Dictionary`2[System.__Canon,System.Int64]", "Add", "System.Collections.Generic.Dictionary<T, long>.Add")]
    [InlineData("System.Collections.Generic.Dictionary`2+Enumerator[System.String,Shop.Cart+Line]", "MoveNext", "System.Collections.Generic.Dictionary<string, Shop.Cart.Line>.Enumerator.MoveNext")]
    [InlineData("A`1+B`1[System.Int32,System.Object]", "M", "A<int>.B<object>.M")]
    [InlineData("A`1[B`2[System.Int32,C`1[System.Byte]]]", "M", "A<B<int, C<byte>>>.M")]
    [InlineData("A`1[System.Int32[]]", "M", "A<int[]>.M")]
    [InlineData("System.Int32[,]", "Get", "int[,].Get")]
    [InlineData("A`1", "M", "A.M")]
    [InlineData("X.AsyncTaskMethodBuilder`1+Box`1[System.__Canon,Shop.Cart+<AddAsync>d__3]", "Run", "X.AsyncTaskMethodBuilder<T>.Box<Shop.Cart.AddAsync>.Run")]
    [InlineData("<Cart>F2C8A__Secret", "M", "Secret.M")]
    // What nobody knows stays as it is.
    [InlineData("<PrivateImplementationDetails>", "ComputeStringHash", "<PrivateImplementationDetails>.ComputeStringHash")]
    [InlineData("Shop.Cart", "<Clone>$", "Shop.Cart.Clone")]
    [InlineData("A`1[System.Int32", "M", "A`1[System.Int32.M")]
    [InlineData("<<", "<", "<<.<")]
    [InlineData("A+", "b", "A.b")]
    public void Of_WhatTheRuntimeWrites_IsWhatTheAuthorWrote(string type, string method, string expected) => DotNetNames.Of(type, method).ShouldBe(expected);

    /// <summary>No name may cost more than a little: time and stack are bounded by its length.</summary>
    [Theory]
    [InlineData("A`1[")]
    [InlineData("<")]
    [InlineData("A`2+")]
    public void Of_DeepNesting_Ends(string part)
    {
        var name = string.Concat(Enumerable.Repeat(part, 5_000));
        DotNetNames.Of(name, name).Length.ShouldBeLessThanOrEqualTo((2 * name.Length) + 1);
        name = string.Concat(Enumerable.Repeat("A`1[", 5_000)) + new string(']', 5_000);
        DotNetNames.Of(name, "M").ShouldEndWith(".M");
    }
}
