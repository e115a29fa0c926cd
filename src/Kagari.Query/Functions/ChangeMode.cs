namespace Kagari.Query;

/// <summary>How functions of two selections of different length and load are compared.</summary>
public enum ChangeMode
{
    /// <summary>By their share of all stacks of their side, from 0 to 1: what the program spends its time on.</summary>
    Share,

    /// <summary>By value per second of their side: what it costs.</summary>
    Rate,
}
