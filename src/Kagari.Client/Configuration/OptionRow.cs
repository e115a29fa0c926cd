using System.Text;

namespace Kagari.Client.Configuration;

/// <summary>One row of the table of options: what it is called everywhere, what it means, how it is read and checked.</summary>
internal sealed class OptionRow
{
    /// <summary>What variables of our own start with.</summary>
    public const string Prefix = "KAGARI_";

    private readonly Func<KagariOptions, string, string?> _read;
    private readonly Func<KagariOptions, string?> _check;
    private readonly Func<KagariOptions, string> _format;

    private OptionRow(
        string property, string kind, string help, string[] peers, Func<KagariOptions, string, string?> read, Func<KagariOptions, string?> check, Func<KagariOptions, string> format)
    {
        (Property, Kind, Help, Peers) = (property, kind, help, peers);
        (_read, _check, _format) = (read, check, format);
        Variable = VariableOf(property);
    }

    /// <summary>The property of <see cref="KagariOptions"/>, which is also the key in the configuration section.</summary>
    public string Property { get; }

    /// <summary>Our environment variable.</summary>
    public string Variable { get; }

    /// <summary>Variables of Pyroscope's clients with the same meaning; ours wins, then the first of them.</summary>
    public IReadOnlyList<string> Peers { get; }

    /// <summary>How values are written, and their limits.</summary>
    public string Kind { get; }

    /// <summary>What it means, in a sentence or two.</summary>
    public string Help { get; }

    /// <summary>Whether it is a set of names and values, which has keys of its own in the configuration section.</summary>
    public bool IsMap { get; private init; }

    public static OptionRow Of<T>(string property, ValueReader<T> kind, Func<KagariOptions, T> get, Action<KagariOptions, T> set, string help, params string[] peers)
    {
        return new OptionRow(property, kind.Expected, help, peers, Read, Check, o => kind.Format(get(o)));

        string? Read(KagariOptions options, string text)
        {
            if (!kind.Read(text.Trim(), out var value) || !kind.IsAllowed(value)) return kind.Expected;
            set(options, value);
            return null;
        }

        string? Check(KagariOptions options) => get(options) is var value && !kind.IsAllowed(value) ? $"is '{kind.Format(value)}'; expected {kind.Expected}" : null;
    }

    /// <summary>A row over names and values; those of a later source are added, and win one by one.</summary>
    public static OptionRow OfMap(string property, Func<KagariOptions, IDictionary<string, string>> get, Func<KagariOptions, string?> check, string help, params string[] peers)
    {
        return new OptionRow(property, NamedValues.Expected, help, peers, Read, check, _ => "") { IsMap = true };

        string? Read(KagariOptions options, string text)
        {
            if (!NamedValues.TryRead(text, out var pairs)) return NamedValues.Expected;
            foreach (var (name, value) in pairs) get(options)[name] = value;
            return null;
        }
    }

    /// <summary>Sets the value; gives what was expected where the text is none, and changes nothing then.</summary>
    public string? Read(KagariOptions options, string text) => _read(options, text);

    /// <summary>What is wrong with the value, or null.</summary>
    public string? Check(KagariOptions options) => _check(options);

    /// <summary>The value as it can be written.</summary>
    public string Format(KagariOptions options) => _format(options);

    private static string VariableOf(string property)
    {
        var text = new StringBuilder(Prefix);
        for (var i = 0; i < property.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(property[i])) text.Append('_');
            text.Append(char.ToUpperInvariant(property[i]));
        }
        return text.ToString();
    }
}
