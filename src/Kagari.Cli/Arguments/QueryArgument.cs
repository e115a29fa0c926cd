namespace Kagari.Cli.Arguments;

/// <summary>What is asked for: a profile type and a selector of series.</summary>
/// <param name="Type">Id of the type.</param>
/// <param name="Selector">With braces.</param>
internal sealed record QueryArgument(string Type, string Selector)
{
    /// <summary>The type where none is named.</summary>
    public const string TypeDefault = "process_cpu:cpu:nanoseconds:cpu:nanoseconds";

    public const string Forms = "'{service_name=\"shop\"}', a bare service name, or 'TYPE{…}' with a profile type in front";

    /// <summary>The unit of the values.</summary>
    public string Unit => Type.Split(':')[2];

    /// <summary>The kind of the values, as <c>cpu</c>.</summary>
    public string SampleType => Type.Split(':')[1];

    /// <summary>Reads <c>{…}</c>, <c>TYPE{…}</c>, <c>TYPE</c>, or the name of a service.</summary>
    /// <exception cref="CommandFailedException">It is none of them, or names another type than <paramref name="type"/>.</exception>
    public static QueryArgument Parse(string text, string? type)
    {
        text = text.Trim();
        var brace = text.IndexOf('{');
        var head = (brace < 0 ? text : text[..brace]).Trim();
        var selector = brace < 0 ? "{}" : text[brace..];
        if (brace >= 0 && !text.EndsWith('}')) throw CommandFailedException.Usage($"selector '{text}' does not end with '}}'; write {Forms}");
        if (text.Length == 0) throw CommandFailedException.Usage($"the selector is empty; write {Forms}");

        if (head.Contains(':'))
        {
            Check(head);
            if (type is not null && type != head) throw CommandFailedException.Usage($"the selector names the type {head}, --type another: {type}");
            return new QueryArgument(head, selector);
        }
        if (type is not null) Check(type);
        // A word without braces is a service; a word before braces is left to the server, which knows it as __name__.
        if (brace < 0) selector = $"{{service_name=\"{head.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"}}";
        else if (head.Length > 0) selector = text;
        return new QueryArgument(type ?? TypeDefault, selector);
    }

    /// <summary>Whether a profile type stands in front of the braces.</summary>
    public static bool NamesType(string text) => text.Split('{')[0].Contains(':');

    private static void Check(string type)
    {
        if (type.Split(':').Length is not (5 or 6))
            throw CommandFailedException.Usage($"'{type}' is no profile type; expected NAME:SAMPLE-TYPE:SAMPLE-UNIT:PERIOD-TYPE:PERIOD-UNIT, as {TypeDefault}");
    }
}
