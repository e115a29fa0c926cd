using static Kagari.Server.Tests.Configuration.Loading;

namespace Kagari.Server.Tests.Configuration;

public sealed class PrecedenceTests
{
    private const string Yaml = "server: {http_listen_port: 1}";
    private const string Variable = "KAGARI_SERVER_HTTP_LISTEN_PORT=2";
    private const string Flag = "-server.http-listen-port=3";

    [Theory]
    [InlineData("", null, "", 4040)]
    [InlineData("", Yaml, "", 1)]
    [InlineData("", Yaml, Variable, 2)]
    [InlineData(Flag, Yaml, Variable, 3)]
    [InlineData(Flag, null, "", 3)]
    [InlineData("", null, Variable, 2)]
    [InlineData("-server.http-listen-port=5 -server.http-listen-port=6", null, "", 6)]
    public void Load_SeveralSources_LaterWins(string flags, string? yaml, string variable, int port) =>
        Load(flags, yaml, variable.Length == 0 ? [] : [variable]).Options.HttpListenPort.ShouldBe(port);

    [Theory]
    [InlineData("-target=all")]
    [InlineData("--target=all")]
    [InlineData("-target all")]
    [InlineData("--target all")]
    public void Load_FlagSpellings_AllRead(string flags) => Load(flags).Options.Target.ShouldBe("all");

    [Theory]
    [InlineData("-auth.multitenancy-enabled", true)]
    [InlineData("--auth.multitenancy-enabled", true)]
    [InlineData("-auth.multitenancy-enabled=true", true)]
    [InlineData("-auth.multitenancy-enabled=false", false)]
    [InlineData("-auth.multitenancy-enabled -log.level debug", true)]
    public void Load_Switch_MayStandBare(string flags, bool expected) => Load(flags).Options.MultitenancyEnabled.ShouldBe(expected);

    [Fact]
    public void Load_ValueThatLooksLikeAFlag_IsTaken() =>
        Load(["-storage.filesystem.dir", "-odd"]).Options.StorageDirectory.ShouldBe("-odd");

    [Fact]
    public void Load_EmptyVariable_CountsAsUnset() => Load(variables: ["KAGARI_SERVER_HTTP_LISTEN_PORT="]).Options.HttpListenPort.ShouldBe(4040);

    [Fact]
    public void Load_FileNamedByVariable_IsRead() =>
        Load([], Yaml, "KAGARI_CONFIG_FILE=" + Loading.File).Options.HttpListenPort.ShouldBe(1);

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("limits:\nserver:\n")]
    [InlineData("server:\n  http_listen_port:\n")]
    public void Load_FileThatSaysNothing_KeepsDefaults(string yaml) =>
        Load(yaml: yaml).Options.ShouldBe(new Kagari.Server.Hosting.ServerOptions());
}
