using Kagari.Profiles;

namespace Kagari.Server.Ingest.Splitting;

/// <summary>Takes <c>[go.shape.…]</c> out of function names: it names how Go shared generic code, which differs from build to build.</summary>
internal static class GoShapeNames
{
    private static ReadOnlySpan<byte> Marker => "[go.shape."u8;

    /// <summary>Rewrites the profile's function names; profiles without such names cost one search over their bytes.</summary>
    public static void Remove(FlatProfile profile)
    {
        if (profile.Bytes.Span.IndexOf(Marker) < 0) return;
        Span<byte> buffer = stackalloc byte[1024];
        // By name, not by function: many functions may share one long name.
        var renamed = new Dictionary<int, int>();
        for (var i = 0; i < profile.Functions.Count; i++)
        {
            ref var function = ref profile.Functions[i];
            if (!renamed.TryGetValue(function.Name, out var clean))
            {
                var name = profile.Text(function.Name);
                if (name.IndexOf(Marker) < 0) clean = function.Name;
                else
                {
                    var target = name.Length <= buffer.Length ? buffer : new byte[name.Length];
                    var length = Remove(name, target);
                    // AddString may move the profile's bytes, so the name is complete in the buffer before.
                    clean = profile.AddString(target[..length]);
                }
                renamed.Add(function.Name, clean);
            }
            if (clean == function.Name) continue;
            function = function with { Name = clean, SystemName = function.SystemName == function.Name ? clean : function.SystemName };
        }
    }

    /// <summary>Copies a name without its shape parameters; brackets inside them are counted. Returns the new length.</summary>
    public static int Remove(ReadOnlySpan<byte> name, Span<byte> target)
    {
        var length = 0;
        while (name.IndexOf(Marker) is var start and >= 0)
        {
            name[..start].CopyTo(target[length..]);
            length += start;
            var depth = 0;
            var end = start;
            for (; end < name.Length; end++)
            {
                if (name[end] == '[') depth++;
                else if (name[end] == ']' && --depth == 0) break;
            }
            name = end < name.Length ? name[(end + 1)..] : [];
        }
        name.CopyTo(target[length..]);
        return length + name.Length;
    }
}
