using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Kagari.Client.Symbols;

/// <summary>The tokens of the methods of one module, by the names that the runtime gives them.</summary>
internal sealed class MethodTokens
{
    /// <summary>Types within types; where there are more, the module is not one.</summary>
    private const int DepthMax = 64;

    private readonly Dictionary<(string Type, string Name), int> _tokens = [];

    private MethodTokens()
    {
    }

    /// <summary>The token of the first method with this name; 0: there is none.</summary>
    public int Of(string type, string name)
    {
        // What a generic type was made with does not matter: Box`1[System.__Canon].
        if (type.IndexOf('[', StringComparison.Ordinal) is > 0 and var bracket) type = type[..bracket];
        return _tokens.GetValueOrDefault((type, name));
    }

    /// <summary>Reads the metadata of a module; empty where it cannot be read.</summary>
    public static MethodTokens Read(string module)
    {
        var made = new MethodTokens();
        try
        {
            using var file = new PEReader(File.OpenRead(module));
            made.Add(file.GetMetadataReader());
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // As with what the PDB says: names that came so far are right.
        }
        return made;
    }

    private void Add(MetadataReader reader)
    {
        foreach (var handle in reader.TypeDefinitions)
        {
            var type = reader.GetTypeDefinition(handle);
            var name = NameOf(reader, type, DepthMax);
            foreach (var method in type.GetMethods()) _tokens.TryAdd((name, reader.GetString(reader.GetMethodDefinition(method).Name)), MetadataTokens.GetToken(method));
        }
    }

    /// <summary>Namespace.Outer+Inner`1</summary>
    private static string NameOf(MetadataReader reader, in TypeDefinition type, int depth)
    {
        var name = reader.GetString(type.Name);
        if (type.GetDeclaringType() is { IsNil: false } outer && depth > 0) return $"{NameOf(reader, reader.GetTypeDefinition(outer), depth - 1)}+{name}";
        return type.Namespace.IsNil ? name : $"{reader.GetString(type.Namespace)}.{name}";
    }
}
