using System.Diagnostics.CodeAnalysis;
using Kagari.Storage;

namespace Kagari.Server.Configuration.Values;

/// <summary>What gives way when the disk is nearly full.</summary>
internal sealed class FullDiskKind : ValueKind<FullDiskPolicy>
{
    private const string Refuse = "refuse", DeleteOldest = "delete_oldest";

    public override string Name => $"{Refuse}|{DeleteOldest}";

    public override string Format(FullDiskPolicy value) => value == FullDiskPolicy.Refuse ? Refuse : DeleteOldest;

    protected override bool TryParse(string text, [NotNullWhen(true)] out FullDiskPolicy value, [NotNullWhen(false)] out string? error)
    {
        value = text.Trim() == DeleteOldest ? FullDiskPolicy.DeleteOldest : FullDiskPolicy.Refuse;
        error = text.Trim() is Refuse or DeleteOldest ? null : $"'{text}' is not known; known: {Refuse}, {DeleteOldest}";
        return error is null;
    }
}
