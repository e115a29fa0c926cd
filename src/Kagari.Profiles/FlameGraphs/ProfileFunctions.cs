namespace Kagari.Profiles;

/// <summary>The functions of a profile as a tree, by one of its columns of values.</summary>
public static class ProfileFunctions
{
    /// <summary>The tree; what has no symbol is named as the server names it.</summary>
    public static FunctionTree TreeOf(FlatProfile profile, int column)
    {
        var tree = new FunctionTree();
        var columns = Math.Max(profile.SampleTypes.Count, 1);
        var names = Names(profile, tree.Names);
        for (var i = 0; i < profile.Samples.Count; i++)
        {
            var value = profile.Values[(i * columns) + column];
            // Views draw what is there; a negative value of a difference profile has no width.
            if (value <= 0) continue;
            var node = 0;
            var stack = profile.StackOf(profile.Samples[i]);
            for (var at = stack.Length - 1; at >= 0; at--)
            {
                var frames = names[stack[at]];
                for (var line = frames.Length - 1; line >= 0; line--) node = tree.Child(node, frames[line]);
            }
            tree.Add(node, value);
        }
        return tree;
    }

    /// <summary>Per location the ids of its functions' names, innermost first.</summary>
    private static int[][] Names(FlatProfile profile, NameTable table)
    {
        var names = new int[profile.Locations.Count][];
        for (var i = 0; i < names.Length; i++)
        {
            ref readonly var location = ref profile.Locations[i];
            if (location.LineCount == 0)
            {
                names[i] = [table.Intern(NameOfAddress(profile, location))];
                continue;
            }
            names[i] = new int[location.LineCount];
            for (var line = 0; line < location.LineCount; line++)
            {
                var function = profile.Functions[profile.Lines[location.LineStart + line].Function];
                names[i][line] = table.Intern(profile.Text(function.Name != 0 ? function.Name : function.SystemName));
            }
        }
        return names;
    }

    /// <summary>As the server names what has no symbol: <c>binary!0x1f3a</c>.</summary>
    public static string NameOfAddress(FlatProfile profile, in Location location)
    {
        var binary = location.Mapping < 0 ? "" : profile.GetString(profile.Mappings[location.Mapping].FileName);
        return $"{binary[(binary.LastIndexOf('/') + 1)..]}!0x{location.Address:x}";
    }
}
