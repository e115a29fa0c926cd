namespace Kagari.Client.Tests;

[Collection(nameof(RecordingTests))]
public sealed class LabelsTests
{
    [Fact]
    public void Scope_Nested_InnerWinsAndOuterComesBack()
    {
        using (Labels.Scope(("a", "1"), ("b", "1")))
        {
            using (Labels.Scope(("b", "2"), ("c", "2"))) Seen.Here().ShouldBe("a=1,b=2,c=2");
            Seen.Here().ShouldBe("a=1,b=1");
            using (ProfileLabels.Of(("z", "3")).With("a", "3").Scope()) Seen.Here().ShouldBe("a=3,b=1,z=3");
            Seen.Here().ShouldBe("a=1,b=1");
        }
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Scope_EmptyValue_TakesTheLabelAway()
    {
        using var outer = Labels.Scope(("a", "1"), ("b", "1"));
        using (Labels.Scope(("a", ""))) Seen.Here().ShouldBe("b=1");
        using (Labels.Scope(("a", null!), ("b", ""))) Seen.Here().ShouldBe("");
        Seen.Here().ShouldBe("a=1,b=1");
    }

    [Fact]
    public void Scope_NameTwice_LaterWins()
    {
        using (Labels.Scope(("a", "1"), ("a", "2"))) Seen.Here().ShouldBe("a=2");
    }

    [Fact]
    public void Scope_LabelsThatHoldAlready_ChangesNothing()
    {
        using var outer = Labels.Scope(("a", "1"));
        var before = CurrentLabels.Value;
        using (Labels.Scope(("a", "1"))) CurrentLabels.Value.ShouldBeSameAs(before);
        using (Labels.Scope()) CurrentLabels.Value.ShouldBeSameAs(before);
        using (ProfileLabels.Empty.Scope()) CurrentLabels.Value.ShouldBeSameAs(before);
        CurrentLabels.Value.ShouldBeSameAs(before);
    }

    [Fact]
    public void Dispose_Twice_TakesNothingFromWhoCameAfter()
    {
        var scope = Labels.Scope(("a", "1"));
        scope.Dispose();
        using (Labels.Scope(("b", "2")))
        {
            scope.Dispose();
            Seen.Here().ShouldBe("b=2");
        }
    }

    [Fact]
    public async Task Dispose_InAFlowWithOtherLabels_DoesNothing()
    {
        var scope = Labels.Scope(("a", "1"));
        await Task.Run(() =>
        {
            using (Labels.Scope(("a", "2"), ("b", "2")))
            {
                scope.Dispose();
                Seen.Here().ShouldBe("a=2,b=2");
            }
        });
        Seen.Here().ShouldBe("a=1");
        scope.Dispose();
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Dispose_OtherValuesOfTheFlowChangedWithin_KeepsThem()
    {
        var other = new AsyncLocal<string>();
        using (Labels.Scope(("a", "1"))) other.Value = "kept";
        other.Value.ShouldBe("kept");
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Scope_FlowSuppressed_StillHoldsOnThisThread()
    {
        using (ExecutionContext.SuppressFlow())
        {
            using (Labels.Scope(("a", "1"))) Seen.Here().ShouldBe("a=1");
            Seen.Here().ShouldBe("");
        }
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("9a", "digit")]
    [InlineData("a-b", "ASCII")]
    [InlineData("für", "ASCII")]
    [InlineData("__a", "reserved")]
    [InlineData("..a", "reserved")]
    [InlineData("service_name", "reserved")]
    [InlineData("service.name", "reserved")]
    [InlineData("span_id", "reserved")]
    public void Scope_NameThatServersRefuse_Throws(string name, string why)
    {
        Should.Throw<ArgumentException>(() => Labels.Scope((name, "1")).Dispose()).Message.ShouldContain(why);
        Should.Throw<ArgumentException>(() => ProfileLabels.Of((name, "1"))).Message.ShouldContain(why);
        Seen.Here().ShouldBe("");
    }

    [Fact]
    public void Scope_DotsInNames_AreUnderscoresAsServersHaveIt()
    {
        using (Labels.Scope(("http.method", "GET"), ("http_method", "PUT"))) Seen.Here().ShouldBe("http_method=PUT");
    }

    [Theory]
    [InlineData(2048, 'x', 2048)]
    [InlineData(2049, 'x', 2048)]
    [InlineData(1000, '篝', 682)]
    public void Scope_LongValue_IsCutWhereServersEnd(int length, char c, int kept)
    {
        using (Labels.Scope(("a", new string(c, length)))) CurrentLabels.Value!.Labels[0].Value.ShouldBe(new string(c, kept));
    }

    [Fact]
    public void Scope_ValueThatIsNotWellFormed_IsRepaired()
    {
        foreach (var (value, sent) in new[] { ("a\uD83D", "a?"), ("a\uFFFDb", "a?b"), ("a\uD83D\uDD25b", "a\uD83D\uDD25b") })
            using (Labels.Scope(("a", value))) CurrentLabels.Value!.Labels[0].Value.ShouldBe(sent);
    }

    [Fact]
    public void Scope_MoreLabelsThanASampleMayHave_KeepsThoseThatWereThere()
    {
        using var outer = ProfileLabels.Of([.. Enumerable.Range(10, 16).Select(n => ($"n{n}", "1"))]).Scope();
        using (Labels.Scope(("a", "1"), ("n10", "2")))
        {
            CurrentLabels.Value!.Labels.Length.ShouldBe(16);
            Seen.Here().ShouldStartWith("n10=2,n11=1");
        }
    }

    [Fact]
    public void Do_ActionThatThrows_RestoresLabels()
    {
        Should.Throw<InvalidOperationException>(() => Labels.Do(ProfileLabels.Of(("a", "1")), () => throw new InvalidOperationException(Seen.Here()))).Message.ShouldBe("a=1");
        Seen.Here().ShouldBe("");
        var seen = "";
        Labels.Do(() => seen = Seen.Here(), ("a", "2"));
        seen.ShouldBe("a=2");
        Labels.Do(ProfileLabels.Of(("a", "3")), state => seen = state + Seen.Here(), "state ");
        seen.ShouldBe("state a=3");
    }

    [Fact]
    public async Task DoAsync_Awaiting_HasLabelsToItsEndAndTheCallerNone()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        async Task<string> Work()
        {
            var first = Seen.Here();
            await gate.Task;
            return first + " " + Seen.Here();
        }
        var (one, two, three) = (Labels.DoAsync(ProfileLabels.Of(("a", "1")), Work), Labels.DoAsync(Work, ("a", "2")), Labels.DoAsync(ProfileLabels.Of(("a", "3")), (Func<Task>)Work));
        Seen.Here().ShouldBe("");
        gate.SetResult();
        (await one).ShouldBe("a=1 a=1");
        (await two).ShouldBe("a=2 a=2");
        await three;
    }

    [Fact]
    public void Scopes_EqualContent_AreEqualContexts()
    {
        LabelContext first, second;
        using (Labels.Scope(("a", "1"))) using (Labels.Scope(("b", "2"))) first = CurrentLabels.Value!;
        using (Labels.Scope(("b", new string('2', 1)), ("a", "1"))) second = CurrentLabels.Value!;
        second.LabelsEqual(first).ShouldBeTrue();
        second.Hash.ShouldBe(first.Hash);
        second.Equals(first).ShouldBeTrue();
        using (Labels.Scope(("a", "1"), ("b", "3"))) CurrentLabels.Value!.LabelsEqual(first).ShouldBeFalse();
    }

    [Fact]
    public void Scope_ManyDifferentSets_EachIsWhatWasAskedFor()
    {
        // More sets than the caches have slots, in an order that makes them collide.
        var random = new Random(20261121);
        for (var n = 0; n < 20_000; n++)
        {
            var (a, b, c) = (random.Next(40), random.Next(40), random.Next(3));
            using (Labels.Scope(("a", a.ToString()), ("c", c.ToString())))
            using (Labels.Scope(("b", b.ToString())))
                Seen.Text(CurrentLabels.Value).ShouldBe($"a={a},b={b},c={c}");
        }
    }
}
