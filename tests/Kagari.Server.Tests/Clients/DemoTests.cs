using Kagari.Server.Tests.Examples;
using Kagari.Testing;

namespace Kagari.Server.Tests.Clients;

/// <summary><c>./build.sh demo</c> starts, replays and shows its story; the script itself checks what it shows.</summary>
[Collection(RideshareCollection.Name)]
public sealed class DemoTests
{
    [Fact]
    public async Task Demo_Once_ShowsItsStory()
    {
        var kagari = Path.Combine(KagariExecutable.FindFolder(), "kagari");

        var (status, output) = await ExternalTool.RunAsync("env", $"KAGARI={kagari}", Path.Combine(Repository.Root, "build", "demo.sh"), "--once");

        status.ShouldBe(0, output);
        output.ShouldContain("demo: the data answers");
    }
}
