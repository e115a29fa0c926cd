namespace Kagari.Profiles;

/// <summary>Why a profile was refused.</summary>
public enum ProfileErrorKind
{
    /// <summary>It was not refused.</summary>
    None,

    /// <summary>The bytes are not what their format asks for.</summary>
    Malformed,

    /// <summary>It is larger than a limit on decompressed bytes allows.</summary>
    TooLarge,

    /// <summary>It has more samples than a limit allows.</summary>
    TooManySamples,

    /// <summary>A sample has more labels than a limit allows.</summary>
    TooManySampleLabels,

    /// <summary>It has more entries of another kind (strings, locations, functions…) than the decoder takes.</summary>
    TooManyEntries,
}

/// <summary>An error of a decoder or a check, as a value: its kind, and a text that names field, value and limit.</summary>
/// <param name="Kind">The kind, for status codes and metrics.</param>
/// <param name="Message">For people.</param>
public readonly record struct ProfileError(ProfileErrorKind Kind, string Message)
{
    /// <summary>No error.</summary>
    public static ProfileError None => default;

    /// <summary>Whether this is an error.</summary>
    public bool IsError => Kind != ProfileErrorKind.None;

    /// <summary>An error of kind <see cref="ProfileErrorKind.Malformed"/>.</summary>
    public static ProfileError Malformed(string message) => new(ProfileErrorKind.Malformed, message);
}
