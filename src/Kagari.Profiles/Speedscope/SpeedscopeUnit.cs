namespace Kagari.Profiles;

/// <summary>What the weights of a speedscope profile count.</summary>
public enum SpeedscopeUnit
{
    /// <summary>No unit: numbers of samples.</summary>
    None,

    /// <summary>Time; values are nanoseconds whatever the file's unit was.</summary>
    Nanoseconds,

    /// <summary>Bytes.</summary>
    Bytes,
}
