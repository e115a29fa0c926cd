using System.Text;
using Kagari.Profiles;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>Repairs what certain clients get wrong in their profiles.</summary>
internal static class SpyFixes
{
    /// <summary>Python and Ruby clients put the file apart from the function; people expect <c>file function</c>.</summary>
    /// <exception cref="IngestException">One long file name would be copied into so many functions that the profile is too large.</exception>
    public static void JoinFileNames(FlatProfile profile, string spy, long bytesMax)
    {
        if (spy is not ("pyspy" or "rbspy" or "scripting")) return;
        var bytes = 0L;
        for (var i = 0; i < profile.Functions.Count; i++)
        {
            var function = profile.Functions[i];
            var file = profile.GetString(function.FileName);
            if (spy == "pyspy" && file.StartsWith('/')) continue;
            bytes += profile.Text(function.FileName).Length + profile.Text(function.Name).Length + 1;
            if (bytesMax > 0 && bytes > bytesMax)
                throw IngestException.Invalid(DiscardReason.ProfileSizeLimit, $"function names with their files exceed the size limit (max_profile_size_bytes, limit: {bytesMax})");
            var name = profile.AddString(Encoding.UTF8.GetBytes($"{file} {profile.GetString(function.Name)}"));
            profile.Functions[i] = function with { Name = name };
        }
    }

    /// <summary>Old .NET clients write dashes into sample types, which the storage has no names for.</summary>
    public static void RenameDotnetTypes(FlatProfile profile)
    {
        foreach (ref var type in profile.SampleTypes.Span)
        {
            var name = profile.GetString(type.Type);
            if (name.Contains('-')) type = type with { Type = profile.AddString(name.Replace('-', '_')) };
        }
    }
}
