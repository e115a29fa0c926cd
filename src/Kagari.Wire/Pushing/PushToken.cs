namespace Kagari.Wire.Pushing;

/// <summary>What <see cref="PushRequestReader.Read"/> found.</summary>
public enum PushToken
{
    /// <summary>Nothing yet, the end of the request, or an error.</summary>
    None,

    /// <summary>A series begins; labels and samples that follow are its own, in any order.</summary>
    Series,

    /// <summary>A label: <see cref="PushRequestReader.Name"/> and <see cref="PushRequestReader.Value"/>.</summary>
    Label,

    /// <summary>A profile: <see cref="PushRequestReader.RawProfile"/>.</summary>
    Sample,
}
