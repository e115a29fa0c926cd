namespace Kagari.Query;

/// <summary>What functions are sorted by; ties go by the other value, then by name.</summary>
public enum FunctionOrder
{
    /// <summary>The value that ends in them, largest first.</summary>
    Self,

    /// <summary>The value of the stacks that they are in, largest first.</summary>
    Total,

    /// <summary>Their names, byte-wise.</summary>
    Name,
}
