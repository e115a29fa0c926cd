using System.Reflection;

namespace Kagari.Client.Configuration;

/// <summary>Lays the sources of options over each other: defaults ◀ configuration section ◀ environment ◀ code.</summary>
/// <remarks>
/// What operators write must not keep a program from starting: a bad value is a warning, and what a weaker source said
/// stays. What programmers write is an error of theirs that they want to see.
/// </remarks>
internal static class OptionsLoader
{
    /// <summary>The options in force, with a name of the service and with labels that every server takes.</summary>
    /// <param name="configuration">Keys relative to the section, as <c>UploadInterval</c> and <c>Labels:region</c>; null where there is none.</param>
    /// <param name="environment">Gives the value of a variable, or null.</param>
    /// <param name="configure">Code.</param>
    /// <param name="messages">What there is to say about the values.</param>
    /// <exception cref="ArgumentException">Code set a value that is not allowed.</exception>
    public static KagariOptions Load(
        IEnumerable<KeyValuePair<string, string?>>? configuration, Func<string, string?> environment, Action<KagariOptions>? configure, ICollection<ProfilerMessage> messages)
    {
        var options = new KagariOptions();
        ResourceAttributes.AddLabels(options, environment);
        if (configuration is not null) ReadConfiguration(options, configuration, messages);
        ReadEnvironment(options, environment, messages);
        CleanHeaders(options, messages);
        ChooseAuthentication(options, messages);
        if (configure is not null) RunCode(options, configure);
        Finish(options, environment, messages);
        return options;
    }

    /// <summary>Makes options of code alone complete.</summary>
    /// <exception cref="ArgumentException">A value is not allowed.</exception>
    public static void Complete(KagariOptions options, Func<string, string?> environment, ICollection<ProfilerMessage> messages)
    {
        RunCode(options, static _ => { });
        Finish(options, environment, messages);
    }

    private static void Finish(KagariOptions options, Func<string, string?> environment, ICollection<ProfilerMessage> messages)
    {
        if (string.IsNullOrWhiteSpace(options.ServiceName))
            options.ServiceName = ResourceAttributes.ServiceName(environment) ?? Assembly.GetEntryAssembly()?.GetName().Name ?? "unknown_service";
        LabelRules.Clean(options, messages);
    }

    private static void ReadConfiguration(KagariOptions options, IEnumerable<KeyValuePair<string, string?>> configuration, ICollection<ProfilerMessage> messages)
    {
        foreach (var (key, value) in configuration)
        {
            if (string.IsNullOrWhiteSpace(value)) continue; // a section without a value of its own
            var at = key.IndexOf(':');
            var name = at < 0 ? key : key[..at];
            var row = OptionTable.All.FirstOrDefault(r => r.Property.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (row is { IsMap: true } && at >= 0)
                (row.Property == nameof(KagariOptions.Labels) ? options.Labels : options.Headers)[key[(at + 1)..]] = value;
            else if (row is not null && at < 0)
                Read(options, row, $"The configuration key {row.Property}", value, messages);
            else
                messages.Add(new(ProfilerSeverity.Warning, $"The configuration key {key} is not known and ignored; known are {string.Join(", ", OptionTable.All.Select(r => r.Property))}."));
        }
    }

    private static void ReadEnvironment(KagariOptions options, Func<string, string?> environment, ICollection<ProfilerMessage> messages)
    {
        foreach (var (variable, kind) in PeerVariables.Switches)
        {
            if (environment(variable) is not { } text || string.IsNullOrWhiteSpace(text)) continue;
            if (ValueReaders.Switch.Read(text.Trim(), out var on)) options.Profiles = on ? options.Profiles | kind : options.Profiles & ~kind;
            else messages.Add(new(ProfilerSeverity.Warning, $"{variable} is '{text}'; expected {ValueReaders.Switch.Expected}. It is ignored."));
        }
        foreach (var row in OptionTable.All)
        {
            // Maps take what all of them say; of single values the first that is set counts.
            var variables = row.Peers.Reverse().Append(row.Variable).Where(v => !string.IsNullOrWhiteSpace(environment(v)));
            foreach (var variable in row.IsMap ? variables : variables.TakeLast(1))
                Read(options, row, variable, environment(variable)!, messages);
        }
        PeerVariables.Tell(environment, messages);
    }

    private static void Read(KagariOptions options, OptionRow row, string source, string text, ICollection<ProfilerMessage> messages)
    {
        if (row.Read(options, text) is not { } expected) return;
        var shown = row.Property is nameof(KagariOptions.Headers) or nameof(KagariOptions.ServerAddress) or nameof(KagariOptions.BearerToken) ? "not readable" : $"'{text}'"; // secrets stay secret
        var instead = row.IsMap || row.Format(options).Length == 0 ? "It is ignored." : $"{row.Format(options)} is used instead.";
        messages.Add(new(ProfilerSeverity.Warning, $"{source} is {shown}; expected {expected}. {instead}"));
    }

    private static void CleanHeaders(KagariOptions options, ICollection<ProfilerMessage> messages)
    {
        foreach (var (name, value) in options.Headers.ToArray())
        {
            if (HeaderRules.Problem(name, value) is not { } problem) continue;
            options.Headers.Remove(name);
            messages.Add(new(ProfilerSeverity.Warning, $"The option Headers {problem}. The header is left out."));
        }
    }

    private static void ChooseAuthentication(KagariOptions options, ICollection<ProfilerMessage> messages)
    {
        if (options.BearerToken is null || options.BasicAuthUser is null) return;
        options.BasicAuthUser = options.BasicAuthPassword = null;
        messages.Add(new(ProfilerSeverity.Warning, "Both BearerToken and BasicAuthUser are set; the token is sent. Remove one of them."));
    }

    private static void RunCode(KagariOptions options, Action<KagariOptions> configure)
    {
        var (token, user) = (options.BearerToken, options.BasicAuthUser);
        configure(options);
        foreach (var row in OptionTable.All)
            if (row.Check(options) is { } problem) throw new ArgumentException($"{row.Property} {problem}.", nameof(configure));
        if (options.BearerToken is null || options.BasicAuthUser is null) return;
        // Code wins over what it found; only where it set both is there no telling.
        if (options.BearerToken == token) options.BearerToken = null;
        else if (options.BasicAuthUser == user) options.BasicAuthUser = options.BasicAuthPassword = null;
        else throw new ArgumentException("BearerToken and BasicAuthUser are both set; expected one of them.", nameof(configure));
    }
}
