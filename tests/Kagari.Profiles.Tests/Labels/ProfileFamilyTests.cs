using Kagari.Profiles;

namespace Kagari.Profiles.Tests.Labels;

public sealed class ProfileFamilyTests
{
    [Theory]
    [InlineData("samples cpu", "process_cpu")]
    [InlineData("cpu", "process_cpu")]
    [InlineData("samples wall", "wall")]
    [InlineData("alloc_objects alloc_space inuse_objects inuse_space", "memory")]
    [InlineData("objects space", "memory")]
    [InlineData("contentions delay", "mutex")]
    [InlineData("goroutine", "goroutines")]
    [InlineData("off_cpu", "process_cpu")]
    [InlineData("page_faults", "page_faults")]
    [InlineData("first second", "second")]
    public void Of_SampleTypes_IsTheFamilyThatThePeerChooses(string types, string family) => ProfileFamily.Of(types.Split(' ')).ShouldBe(family);
}
