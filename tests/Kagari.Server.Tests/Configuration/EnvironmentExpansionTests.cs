namespace Kagari.Server.Tests.Configuration;

public sealed class EnvironmentExpansionTests
{
    private static readonly Dictionary<string, string> Environment = new() { ["DIR"] = "/data", ["EMPTY"] = "", ["_x1"] = "y" };

    [Theory]
    [InlineData("dir: ${DIR}/kagari", "dir: /data/kagari")]
    [InlineData("${DIR:-/other}", "/data")]
    [InlineData("${NONE:-/other}", "/other")]
    [InlineData("${EMPTY:-/other}", "/other")]
    [InlineData("${EMPTY}", "")]
    [InlineData("${NONE:-}", "")]
    [InlineData("${_x1}${_x1}", "yy")]
    [InlineData("$1 ${1} $DIR $$ ${", "$1 ${1} $DIR $$ ${")]
    [InlineData("$${DIR}", "${DIR}")]
    public void Expand_EachForm_GivesItsText(string text, string expanded) =>
        Kagari.Server.Configuration.EnvironmentExpansion.Expand(text, Environment, _ => { }).ShouldBe(expanded);

    [Fact]
    public void Load_WithExpandEnv_ReplacesInTheFile()
    {
        const string Yaml = "storage: {filesystem: {dir: '${DIR}/${NONE}'}}";
        var loaded = Loading.Load("-config.expand-env", Yaml, "DIR=/data");
        loaded.Options.StorageDirectory.ShouldBe("/data/");
        loaded.Notices.ShouldBe(["kagari.yaml: ${NONE} is not set; empty text stands in for it."]);
        Loading.Load("", Yaml, "DIR=/data").Options.StorageDirectory.ShouldBe("${DIR}/${NONE}");
        Loading.Load("", Yaml, "DIR=/data", "KAGARI_CONFIG_EXPAND_ENV=true").Options.StorageDirectory.ShouldBe("/data/");
    }
}
