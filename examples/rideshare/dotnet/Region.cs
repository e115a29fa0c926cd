namespace Rideshare;

/// <summary>Where this instance runs; two of the three have a problem of their own.</summary>
internal sealed record Region(string Name)
{
    /// <summary>Whether looking for drivers takes a mutex first.</summary>
    public bool LocksDrivers => Name == "eu-north";

    /// <summary>Whether what workers made is kept.</summary>
    public bool Leaks => Name == "us-east";
}
