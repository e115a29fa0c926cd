using Kagari.Server.Tenancy;

namespace Kagari.Server.Authentication;

/// <summary>The tenants of an identity.</summary>
internal sealed class TenantSet
{
    /// <summary>The word for every tenant.</summary>
    public const string Any = "*";

    private readonly HashSet<string> _names;

    public TenantSet(IEnumerable<string> names)
    {
        _names = names.ToHashSet(StringComparer.Ordinal);
        IsAny = _names.Contains(Any);
    }

    /// <summary>Whether all tenants belong to it, also those that do not exist yet.</summary>
    public bool IsAny { get; }

    /// <summary>The tenant, if it is exactly one: it need not be named in requests.</summary>
    public string? Single => !IsAny && _names.Count == 1 ? _names.First() : null;

    /// <summary>Their names, sorted; <see cref="Any"/> among them stands for all.</summary>
    public IEnumerable<string> Names => _names.Order(StringComparer.Ordinal);

    public bool Contains(string tenant) => IsAny || _names.Contains(tenant);

    /// <summary>Why a text is no member of such a set; null where it is one.</summary>
    public static string? Check(string name) => name == Any ? null : TenantId.Check(name);
}
