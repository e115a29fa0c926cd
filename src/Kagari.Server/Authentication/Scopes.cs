namespace Kagari.Server.Authentication;

/// <summary>What an identity may do with the data of its tenants.</summary>
[Flags]
internal enum Scopes
{
    None = 0,

    /// <summary>Ask.</summary>
    Read = 1,

    /// <summary>Send profiles.</summary>
    Write = 2,

    /// <summary>Delete.</summary>
    Delete = 4,

    /// <summary>All of them.</summary>
    Admin = Read | Write | Delete,
}
