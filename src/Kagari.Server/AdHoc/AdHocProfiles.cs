using System.Text;
using System.Text.Json;
using Kagari.Profiles;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Server.Rpc;

namespace Kagari.Server.AdHoc;

/// <summary>The profiles of a file, each sample type by a name of its own.</summary>
internal sealed class AdHocProfiles
{
    private readonly List<(string Name, FlatProfile Profile, int Column)> _types = [];

    private AdHocProfiles(IReadOnlyList<ImportedProfile> profiles)
    {
        foreach (var one in profiles)
        {
            for (var column = 0; column < one.Profile.SampleTypes.Count; column++)
            {
                var type = one.Profile.GetString(one.Profile.SampleTypes[column].Type);
                _types.Add((profiles.Count == 1 ? type : $"{one.Name}:{type}", one.Profile, column));
            }
        }
    }

    /// <summary>What can be shown, in the order of the file; the first is the default.</summary>
    public IReadOnlyList<string> Types => [.. _types.Select(t => t.Name)];

    /// <exception cref="RpcException">The bytes are no profile, or too large a one.</exception>
    public static AdHocProfiles Of(string name, byte[] data, TenantLimits limits)
    {
        if (ProfileImport.TryRead(data, limits.ToDecodeLimits(), out _, out var profiles, out var error)) return new AdHocProfiles(profiles);
        // The peer answers unknown, as if trying again could help.
        throw new RpcException(RpcCode.InvalidArgument, $"'{name}' cannot be read as a profile: {error.Message}");
    }

    /// <summary>The tree of a type.</summary>
    /// <exception cref="RpcException">There is no such type.</exception>
    public (FunctionTree Tree, RenderMetadata Metadata) TreeOf(string type)
    {
        var selected = Select(type);
        return (selected.Tree(StackFilter.None), RenderMetadata.Of(selected.Type));
    }

    /// <summary>A type.</summary>
    /// <exception cref="RpcException">There is no such type.</exception>
    public SelectedProfile Select(string type)
    {
        var (_, profile, column) = _types.Find(t => t.Name == type);
        return profile is not null ? new SelectedProfile(profile, column)
            : throw new RpcException(RpcCode.InvalidArgument, $"profile type '{type}' is not in the profile; it has {string.Join(", ", Types)}");
    }

    /// <summary>The render JSON as a text.</summary>
    public static string Json(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
