using System.Diagnostics.CodeAnalysis;

namespace Kagari.Server.Configuration.Values;

/// <summary>Roles of a process, separated by commas.</summary>
internal sealed class TargetKind : ValueKind<string>
{
    /// <summary>The word for every role.</summary>
    public const string All = "all";

    /// <summary>Every role, and what it does.</summary>
    public static IReadOnlyList<(string Name, string What)> Known { get; } =
    [
        (All, "every role, in one process (default)"),
        ("distributor", "takes pushes: tenant, limits, validation, relabelling"),
        ("ingester", "writes what was pushed and makes it durable"),
        ("compactor", "merges segments into blocks"),
        ("query-frontend", "answers queries"),
        ("query-scheduler", "queues queries, fairly between tenants"),
        ("querier", "runs parts of queries"),
        ("store-gateway", "reads and caches stored blocks"),
    ];

    public override string Name => "roles";

    public override string Format(string value) => value;

    protected override bool TryParse(string text, [NotNullWhen(true)] out string? value, [NotNullWhen(false)] out string? error)
    {
        var roles = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        value = string.Join(",", roles);
        var unknown = roles.FirstOrDefault(r => !Known.Any(k => k.Name == r));
        var known = string.Join(", ", Known.Select(k => k.Name));
        error = roles.Length == 0 ? $"names no role; known: {known}" : unknown is not null ? $"'{unknown}' is no role; known: {known}" : null;
        return error is null;
    }
}
