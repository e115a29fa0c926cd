namespace Kagari.Query;

/// <summary>How to rank changes.</summary>
public sealed record ChangeOptions
{
    /// <summary>Sub-windows of each side unless asked otherwise.</summary>
    public const int WindowsDefault = 8;

    /// <summary>Most sub-windows: each is a merge of its own.</summary>
    public const int WindowsMax = 64;

    /// <summary>What is compared. Default: shares.</summary>
    public ChangeMode Mode { get; init; }

    /// <summary>Rank by the change of self or of total. Default: self. By name is not a rank.</summary>
    public FunctionOrder Order { get; init; }

    /// <summary>Sub-windows of each side, from which noise is estimated; 1: no estimate. Default: 8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 1 to <see cref="WindowsMax"/>.</exception>
    public int Windows
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(value);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, WindowsMax);
            field = value;
        }
    } = WindowsDefault;

    /// <summary>Which functions. Default: all.</summary>
    public FunctionSearch Search { get; init; } = FunctionSearch.All;

    /// <summary>How many to leave out at the front. Default: none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Offset
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>How many to show; 0: all. Default: all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Limit
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }
}
