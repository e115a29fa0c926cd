namespace Kagari.Server.Relabeling;

/// <summary>What a rule does, as Prometheus names it.</summary>
public enum RelabelAction
{
    /// <summary>Sets the target label to the expanded replacement where the pattern matches.</summary>
    Replace,

    /// <summary>Drops the series where the pattern does not match.</summary>
    Keep,

    /// <summary>Drops the series where the pattern matches.</summary>
    Drop,

    /// <summary>Drops the series where the joined source labels differ from the target label.</summary>
    KeepEqual,

    /// <summary>Drops the series where the joined source labels equal the target label.</summary>
    DropEqual,

    /// <summary>Sets the target label to a hash of the source labels modulo a number.</summary>
    HashMod,

    /// <summary>Copies labels whose name matches to the expanded name.</summary>
    LabelMap,

    /// <summary>Removes labels whose name matches.</summary>
    LabelDrop,

    /// <summary>Removes labels whose name does not match.</summary>
    LabelKeep,

    /// <summary>Sets the target label to the joined source labels in lower case.</summary>
    Lowercase,

    /// <summary>Sets the target label to the joined source labels in upper case.</summary>
    Uppercase,
}
