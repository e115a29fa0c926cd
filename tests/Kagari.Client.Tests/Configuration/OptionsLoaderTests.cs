using Kagari.Client.Configuration;

namespace Kagari.Client.Tests.Configuration;

public sealed class OptionsLoaderTests
{
    [Fact]
    public void Load_NothingSet_GivesDefaultsAndAName()
    {
        var options = Load();
        options.ServerAddress.ShouldBe(new Uri("http://localhost:4040"));
        options.Profiles.ShouldBe(ProfileKinds.Default);
        options.ServiceName.ShouldBe("Kagari.Client.Tests");
        options.Enabled.ShouldBeTrue();
    }

    [Fact]
    public void Load_AllSources_TheStrongerWins()
    {
        (string, string)[] configuration = [("UploadInterval", "20s"), ("QueueLength", "3"), ("LabelSetsMax", "7")];
        (string, string)[] environment = [("KAGARI_UPLOAD_INTERVAL", "30s"), ("PYROSCOPE_PUSH_QUEUE_CAPACITY", "4"), ("PYROSCOPE_UPLOAD_INTERVAL", "40s")];
        var options = Load(configuration, environment, o => o.QueueLength++);
        options.UploadInterval.ShouldBe(TimeSpan.FromSeconds(30));
        options.QueueLength.ShouldBe(5);
        options.LabelSetsMax.ShouldBe(7);
    }

    [Fact]
    public void Load_LabelsOfAllSources_AreAdded()
    {
        var options = Load(
            [("Labels:region", "us"), ("labels:Team", "a"), ("Labels", "cell=7")],
            [("PYROSCOPE_LABELS", "region:eu, url:http://x/y=z"), ("KAGARI_LABELS", "zone=b")],
            o => o.Labels["zone"] = "c");
        options.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key} {l.Value}")
            .ShouldBe(["Team a", "cell 7", "region eu", "url http://x/y=z", "zone c"]);
    }

    [Fact]
    public void Load_EveryVariableOfPyroscopeDotnet_IsHonoured()
    {
        var options = Load(environment:
        [
            ("PYROSCOPE_APPLICATION_NAME", "shop.cart"), ("PYROSCOPE_SERVER_ADDRESS", "https://profiles.example/base/"),
            ("PYROSCOPE_BASIC_AUTH_USER", "u"), ("PYROSCOPE_BASIC_AUTH_PASSWORD", "p"), ("PYROSCOPE_TENANT_ID", "t1"),
            ("PYROSCOPE_HTTP_HEADERS", """{"X-One":"1","X-Two":"b c"}"""), ("PYROSCOPE_LOG_LEVEL", "error"),
            ("PYROSCOPE_PROFILING_ENABLED", "0"), ("PYROSCOPE_PROFILING_CPU_ENABLED", "0"), ("PYROSCOPE_PROFILING_WALLTIME_ENABLED", "yes"),
            ("PYROSCOPE_PROFILING_ALLOCATION_ENABLED", "off"), ("PYROSCOPE_PROFILING_LOCK_ENABLED", "false"), ("PYROSCOPE_PROFILING_EXCEPTION_ENABLED", "1"),
            ("PYROSCOPE_PROFILING_HEAP_ENABLED", "no"), ("PYROSCOPE_PROFILING_GC_ENABLED", "On"),
        ]);
        options.ServiceName.ShouldBe("shop.cart");
        options.ServerAddress.ShouldBe(new Uri("https://profiles.example/base/"));
        (options.BasicAuthUser, options.BasicAuthPassword, options.TenantId).ShouldBe(("u", "p", "t1"));
        options.Headers["x-one"].ShouldBe("1");
        options.Headers["X-Two"].ShouldBe("b c");
        options.LogLevel.ShouldBe(ProfilerSeverity.Error);
        options.Enabled.ShouldBeFalse();
        options.Profiles.ShouldBe(ProfileKinds.Wall | ProfileKinds.Exceptions | ProfileKinds.GarbageCollections);
    }

    [Fact]
    public void Load_OurVariableOfKinds_WinsOverTheirSwitches() =>
        Load(environment: [("KAGARI_PROFILES", "cpu, locks"), ("PYROSCOPE_PROFILING_CPU_ENABLED", "0")]).Profiles.ShouldBe(ProfileKinds.Cpu | ProfileKinds.Locks);

    [Theory]
    [InlineData("KAGARI_UPLOAD_INTERVAL", "0", "KAGARI_UPLOAD_INTERVAL is '0'; expected a duration from 1s to 10m, as 500ms, 10s or 1m. 10s is used instead.")]
    [InlineData("PYROSCOPE_UPLOAD_INTERVAL", "soon", "PYROSCOPE_UPLOAD_INTERVAL is 'soon'; expected a duration from 1s to 10m, as 500ms, 10s or 1m. 10s is used instead.")]
    [InlineData("KAGARI_QUEUE_LENGTH", "1001", "KAGARI_QUEUE_LENGTH is '1001'; expected a whole number from 1 to 1000. 8 is used instead.")]
    [InlineData("KAGARI_OVERHEAD_BUDGET", "200%", "KAGARI_OVERHEAD_BUDGET is '200%'; expected a share from 0.001 to 1, as 0.01 or 1%. 0.01 is used instead.")]
    [InlineData("KAGARI_CPU_SOURCE", "1", "KAGARI_CPU_SOURCE is '1'; expected Auto, PerfEvents or Sampler. Auto is used instead.")]
    [InlineData("KAGARI_SPANS", "perhaps", "KAGARI_SPANS is 'perhaps'; expected true or false (also 1/0, yes/no, on/off). true is used instead.")]
    [InlineData("PYROSCOPE_LABELS", "region", "PYROSCOPE_LABELS is 'region'; expected pairs as region=eu,version:1.2 or a JSON object of strings. It is ignored.")]
    [InlineData("PYROSCOPE_PROFILING_CPU_ENABLED", "2", "PYROSCOPE_PROFILING_CPU_ENABLED is '2'; expected true or false (also 1/0, yes/no, on/off). It is ignored.")]
    [InlineData("KAGARI_SERVER_ADDRESS", "user:secret@host", "KAGARI_SERVER_ADDRESS is not readable; expected an http or https address, as http://localhost:4040. http://localhost:4040 is used instead.")]
    [InlineData("PYROSCOPE_HTTP_HEADERS", "{\"Authorization\":[\"secret\"]}", "PYROSCOPE_HTTP_HEADERS is not readable; expected pairs as region=eu,version:1.2 or a JSON object of strings. It is ignored.")]
    [InlineData("KAGARI_BEARER_TOKEN", "secret\nX: y", "KAGARI_BEARER_TOKEN is not readable; expected printable ASCII text. It is ignored.")]
    public void Load_BadValueInEnvironment_WarnsAndKeepsWhatWasThere(string variable, string value, string message)
    {
        var messages = new List<ProfilerMessage>();
        var options = Load(environment: [(variable, value)], messages: messages);
        messages.ShouldBe([new ProfilerMessage(ProfilerSeverity.Warning, message)]);
        OptionTable.All.Where(r => r.Property != nameof(KagariOptions.ServiceName)).ShouldAllBe(r => r.Format(options) == r.Format(new KagariOptions()));
        options.Labels.ShouldBeEmpty();
        options.Headers.ShouldBeEmpty();
    }

    [Fact]
    public void Load_BadValueOverAGoodOne_KeepsTheGoodOne()
    {
        var messages = new List<ProfilerMessage>();
        Load([("UploadInterval", "20s")], [("KAGARI_UPLOAD_INTERVAL", "1ms")], messages: messages).UploadInterval.ShouldBe(TimeSpan.FromSeconds(20));
        messages.ShouldHaveSingleItem().Text.ShouldEndWith("20s is used instead.");
    }

    [Fact]
    public void Load_UnknownKey_IsNamed()
    {
        var messages = new List<ProfilerMessage>();
        Load([("UploadIntervall", "20s"), ("UploadInterval:x", "1")], messages: messages);
        messages.Select(m => m.Text.Split(" is not known and ignored; known are Enabled, ")[0]).ShouldBe(["The configuration key UploadIntervall", "The configuration key UploadInterval:x"]);
    }

    [Theory]
    [InlineData("UploadInterval")]
    [InlineData("CpuPeriod")]
    [InlineData("OverheadBudget")]
    [InlineData("LabelSetsMax")]
    [InlineData("ExceptionsPerSecondMax")]
    [InlineData("QueueLength")]
    [InlineData("Profiles")]
    [InlineData("CpuSource")]
    [InlineData("ServerAddress")]
    [InlineData("Headers")]
    [InlineData("TenantId")]
    [InlineData("BearerToken")]
    public void Load_BadValueInCode_Throws(string property)
    {
        var error = Should.Throw<ArgumentException>(() => Load(configure: Spoil));
        error.Message.ShouldStartWith($"{property} ");
        error.Message.ShouldContain("; expected ");
        error.Message.ShouldNotContain("geheim");

        void Spoil(KagariOptions o)
        {
            _ = property switch
            {
                "UploadInterval" => o.UploadInterval = TimeSpan.Zero,
                "CpuPeriod" => o.CpuPeriod = TimeSpan.FromMinutes(1),
                "OverheadBudget" => o.OverheadBudget = double.NaN,
                "LabelSetsMax" => o.LabelSetsMax = 0,
                "ExceptionsPerSecondMax" => o.ExceptionsPerSecondMax = -1,
                "QueueLength" => o.QueueLength = 100_000,
                "Profiles" => o.Profiles = (ProfileKinds)(1 << 20),
                "CpuSource" => o.CpuSource = (CpuSource)9,
                "TenantId" => o.TenantId = "a\r\nX: y",
                "BearerToken" => o.BearerToken = "geheimnisträger",
                "ServerAddress" => o.ServerAddress = new Uri("/relative", UriKind.Relative),
                _ => (object)(o.Headers["X: y"] = "z"),
            };
        }
    }

    [Fact]
    public void Load_NullAddressInCode_Throws() =>
        Should.Throw<ArgumentException>(() => Load(configure: o => o.ServerAddress = null!)).Message.ShouldStartWith("ServerAddress is 'nothing'; expected an http");

    [Fact]
    public void Load_TokenAndPassword_TheTokenOrTheCodeWins()
    {
        (string, string)[] both = [("KAGARI_BEARER_TOKEN", "t"), ("KAGARI_BASIC_AUTH_USER", "u")];
        var messages = new List<ProfilerMessage>();
        var options = Load(environment: both, messages: messages);
        (options.BearerToken, options.BasicAuthUser).ShouldBe(("t", null));
        messages.ShouldHaveSingleItem().Text.ShouldContain("BearerToken and BasicAuthUser");

        options = Load(environment: [both[0]], configure: o => o.BasicAuthUser = "code");
        (options.BearerToken, options.BasicAuthUser).ShouldBe((null, "code"));
        Should.Throw<ArgumentException>(() => Load(configure: o => (o.BearerToken, o.BasicAuthUser) = ("a", "b"))).Message.ShouldContain("expected one of them");
    }

    [Fact]
    public void Load_IgnoredVariables_AreNamedOnce()
    {
        var messages = new List<ProfilerMessage>();
        Load(environment: [("PYROSCOPE_PROFILING_LOG_DIR", "/var/log"), ("PYROSCOPE_ALLOCATION_TYPE_LEAF_ENABLED", "1"), ("DD_PROFILING_UPLOAD_PERIOD", "5"), ("DD_PROFILING_ENABLED", "1")], messages: messages);
        messages.Select(m => $"{m.Severity} {m.Text.Split(':')[0]}").ShouldBe(
            ["Information PYROSCOPE_PROFILING_LOG_DIR is ignored", "Information PYROSCOPE_ALLOCATION_TYPE_LEAF_ENABLED is ignored", "Information Ignored, because this is not Datadog's profiler"]);
        messages[2].Text.ShouldContain("DD_PROFILING_ENABLED, DD_PROFILING_UPLOAD_PERIOD.");
    }

    [Fact]
    public void Load_OpenTelemetryNames_AreDefaults()
    {
        (string, string)[] otel = [("OTEL_RESOURCE_ATTRIBUTES", "service.name=from%20attributes,service.version=1.2,service.instance.id=x,broken"), ("OTEL_SERVICE_NAME", "from-name")];
        var options = Load(environment: otel);
        options.ServiceName.ShouldBe("from-name");
        options.Labels.ToArray().ShouldBe([new("service.version", "1.2")]);
        Load(environment: [otel[0]]).ServiceName.ShouldBe("from attributes");
        Load([("ServiceName", "configured")], otel).ServiceName.ShouldBe("configured");
    }

    [Fact]
    public void Load_LabelsThatServersRefuse_AreLeftOutAndNamed()
    {
        var messages = new List<ProfilerMessage>();
        var options = Load(messages: messages, configure: o =>
        {
            foreach (var name in new[] { "good.one", "good_one", "team-name", "9lives", "__secret__", "service_name", "service.name", "spy_name", "otel.scope.name", "span_id", "empty", "" })
                o.Labels[name] = name == "empty" ? "" : "v";
            o.Labels["long"] = new string('v', 2049);
            o.Labels["torn"] = "\ud800";
        });
        options.Labels.ToArray().ShouldBe([new("good.one", "v")]);
        messages.ShouldAllBe(m => m.Severity == ProfilerSeverity.Warning && m.Text.EndsWith("It is left out (option Labels)."));
        messages.Select(m => m.Text.Split('\'')[1]).ShouldBe(["", "9lives", "__secret__", "empty", "good_one", "long", "otel.scope.name", "service.name", "service_name", "span_id", "spy_name", "team-name", "torn"], ignoreOrder: true);
    }

    [Fact]
    public void Load_AnyText_NeverThrows()
    {
        foreach (var seed in Kagari.Testing.FuzzBudget.Seeds(2000))
        {
            var random = new Random(seed);
            string Text() => new([.. Enumerable.Range(0, random.Next(12)).Select(_ => "{}\":,=0159.smh%-eE∞\ud800 aZ/@[]\\"[random.Next(28)])]);
            var rows = OptionTable.All;
            (string, string)[] environment = [(rows[random.Next(rows.Count)].Variable, Text()), ("PYROSCOPE_LABELS", Text()), ("OTEL_RESOURCE_ATTRIBUTES", Text()), ("PYROSCOPE_HTTP_HEADERS", Text())];
            (string, string)[] configuration = [(rows[random.Next(rows.Count)].Property, Text()), ($"Labels:{Text()}", Text()), (Text(), Text())];
            var options = Should.NotThrow(() => Load(configuration, environment), $"seed {seed}");
            OptionTable.All.ShouldAllBe(r => r.Check(options) == null, $"seed {seed}");
        }
    }

    internal static KagariOptions Load(
        (string Key, string Value)[]? configuration = null, (string Name, string Value)[]? environment = null, Action<KagariOptions>? configure = null, List<ProfilerMessage>? messages = null) =>
        OptionsLoader.Load(
            configuration?.Select(p => KeyValuePair.Create(p.Key, (string?)p.Value)),
            name => environment?.LastOrDefault(e => e.Name == name).Value,
            configure, messages ?? []);
}
