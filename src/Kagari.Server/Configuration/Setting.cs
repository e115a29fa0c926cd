using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Configuration.Values;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Configuration;

/// <summary>One row of the table of settings: what it is called everywhere, what it means, how it is read and set.</summary>
/// <remarks>Options are immutable records: setting a value gives a new record, so sources can be laid over each other.</remarks>
/// <typeparam name="TOptions">The record that holds the value.</typeparam>
internal sealed class Setting<TOptions>
{
    private readonly ApplyNode _apply;
    private readonly Func<TOptions, string> _format;

    private Setting(string group, string? key, string flag, IValueKind kind, string help, ApplyNode apply, Func<TOptions, string> format)
    {
        Group = group;
        Key = key;
        Flag = flag;
        Kind = kind;
        Help = help;
        _apply = apply;
        _format = format;
    }

    private delegate bool ApplyNode(TOptions options, YamlNode node, [NotNullWhen(true)] out TOptions? result, [NotNullWhen(false)] out string? error);

    /// <summary>Heading under which help and guide show it.</summary>
    public string Group { get; }

    /// <summary>Path in YAML, dots between the keys; null where only flag and environment make sense.</summary>
    public string? Key { get; }

    /// <summary>Name of the flag, without dashes.</summary>
    public string Flag { get; }

    /// <summary>Name of the environment variable.</summary>
    public string Variable => EnvironmentVariables.NameOf(Flag);

    /// <summary>How values are written.</summary>
    public IValueKind Kind { get; }

    /// <summary>What it means, in a sentence or two.</summary>
    public string Help { get; }

    /// <summary>A row over a property of the options.</summary>
    public static Setting<TOptions> Of<T>(
        string group, string? key, string flag, ValueKind<T> kind, Func<TOptions, T> get, Func<TOptions, T, TOptions> set, string help)
    {
        return new Setting<TOptions>(group, key, flag, kind, help, Apply, options => kind.Format(get(options)));

        bool Apply(TOptions options, YamlNode node, [NotNullWhen(true)] out TOptions? result, [NotNullWhen(false)] out string? error)
        {
            if (kind.TryRead(node, out var value, out error))
            {
                result = set(options, value)!;
                return true;
            }
            result = default;
            return false;
        }
    }

    /// <summary>The same row where these options are part of others.</summary>
    public Setting<TOuter> Within<TOuter>(string section, Func<TOuter, TOptions> get, Func<TOuter, TOptions, TOuter> set)
    {
        return new Setting<TOuter>(Group, $"{section}.{Key}", Flag, Kind, Help, Apply, outer => _format(get(outer)));

        bool Apply(TOuter outer, YamlNode node, [NotNullWhen(true)] out TOuter? result, [NotNullWhen(false)] out string? error)
        {
            if (_apply(get(outer), node, out var inner, out error))
            {
                result = set(outer, inner)!;
                return true;
            }
            result = default;
            return false;
        }
    }

    /// <summary>Reads the value from a YAML node and sets it.</summary>
    public bool TryApply(TOptions options, YamlNode node, [NotNullWhen(true)] out TOptions? result, [NotNullWhen(false)] out string? error) =>
        _apply(options, node, out result, out error);

    /// <summary>Reads the value from the text of a flag or variable and sets it.</summary>
    public bool TryApply(TOptions options, string text, [NotNullWhen(true)] out TOptions? result, [NotNullWhen(false)] out string? error) =>
        _apply(options, new YamlScalarNode(text), out result, out error);

    /// <summary>The value as it can be written in YAML.</summary>
    public string Format(TOptions options) => _format(options);
}
