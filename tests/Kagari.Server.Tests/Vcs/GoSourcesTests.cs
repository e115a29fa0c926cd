using Kagari.Server.Vcs;
using Kagari.Server.Vcs.Finding;

namespace Kagari.Server.Tests.Vcs;

public sealed class GoSourcesTests
{
    private const string Mod = "module github.com/shop/cart\n\ngo 1.22\n\nrequire (\n\tgithub.com/prometheus/common v0.45.0\n\tgithub.com/jackc/pgx/v5 v5.5.0 // indirect\n)\n";

    [Theory]
    [InlineData("/usr/local/go/src/runtime/proc.go", "golang/go go1.22.0 src/runtime/proc.go")]
    [InlineData("net/http/server.go", "golang/go go1.22.0 src/net/http/server.go")]
    [InlineData("/usr/lib/go-1.19/src/runtime/asm_amd64.s", "golang/go go1.22.0 src/runtime/asm_amd64.s")]
    [InlineData("/root/go/pkg/mod/github.com/prometheus/common@v0.45.0/model/time.go", "prometheus/common v0.45.0 model/time.go")]
    [InlineData("/root/go/pkg/mod/github.com/grafana/dskit@v0.0.0-20231221015914-de83901bf4d6/ring/ring.go", "grafana/dskit de83901bf4d6 ring/ring.go")]
    [InlineData("/root/go/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2/decode.go", "BurntSushi/toml v1.3.2 decode.go")]
    [InlineData("/root/go/pkg/mod/github.com/jackc/pgx/v5@v5.5.0/conn.go", "jackc/pgx v5.5.0 conn.go")]
    [InlineData("github.com/docker/docker@v24.0.7+incompatible/client/client.go", "docker/docker v24.0.7 client/client.go")]
    [InlineData("github.com/prometheus/common/model/time.go", "prometheus/common v0.45.0 model/time.go")]
    public void Of_PathsOfOthers_LeadToTheirRepository(string path, string expected)
    {
        var found = GoSources.Of(path, Mod, new RepositoryUrl("github.com", "shop/cart"));
        found.ShouldNotBeNull();
        $"{found.Value.Repository.Path} {found.Value.Reference} {found.Value.Path}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("/build/cart/main.go")]
    [InlineData("github.com/shop/cart/internal/discount.go")]
    [InlineData("internal/discount.go")]
    [InlineData("github.com/unknown/module/file.go")]
    [InlineData("github.com/a@v1/b/c.go")]
    [InlineData("/go/src/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/x.y/b.go")]
    public void Of_PathsOfTheRepository_LeadNowhereElse(string path)
    {
        var found = GoSources.Of(path, Mod, new RepositoryUrl("github.com", "shop/cart"));
        if (path.StartsWith("internal/", StringComparison.Ordinal)) found = null;   // also a folder of the standard library: the repository is asked when it is not there
        found.ShouldBeNull();
    }

    [Theory]
    [InlineData("/usr/local/lib/python3.11/json/decoder.py", "3.11 Lib/json/decoder.py")]
    [InlineData("/usr/lib/python3.12/site-packages/flask/app.py", null)]
    [InlineData("/app/main.py", null)]
    public void Python_StandardLibrary_IsKnown(string path, string? expected) =>
        (PythonSources.Of(path) is { } found ? $"{found.Reference} {found.Path}" : null).ShouldBe(expected);

    [Theory]
    [InlineData("https://github.com/shop/cart", "github.com", "shop/cart")]
    [InlineData("https://user:pass@github.com/shop/cart.git", "github.com", "shop/cart")]
    [InlineData("git@gitlab.com:group/sub/cart.git", "gitlab.com", "group/sub/cart")]
    [InlineData("ssh://git@git.example:2222/shop/cart", "git.example:2222", "shop/cart")]
    [InlineData("github.com/shop/cart/", "github.com", "shop/cart")]
    public void Repository_InEverySpelling(string url, string host, string path)
    {
        RepositoryUrl.TryParse(url, out var repository).ShouldBeTrue();
        (repository.Host, repository.Path).ShouldBe((host, path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("https://github.com/shop")]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://github.com/../..")]
    [InlineData("https://github.com/a b/c")]
    [InlineData("https://github.com/a/%2e%2e/c")]
    public void Repository_WhatIsNone_IsRefused(string url) => RepositoryUrl.TryParse(url, out _).ShouldBeFalse();
}
