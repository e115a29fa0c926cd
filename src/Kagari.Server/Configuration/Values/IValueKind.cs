namespace Kagari.Server.Configuration.Values;

/// <summary>How the values of a setting are written, for help and guide.</summary>
internal interface IValueKind
{
    /// <summary>A word for the value, as <c>duration</c>.</summary>
    string Name { get; }

    /// <summary>Whether the bare flag means true.</summary>
    bool IsSwitch => false;
}
