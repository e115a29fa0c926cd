using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;

namespace Kagari.Client.Symbols;

/// <summary>Files and lines in which methods begin, from portable PDBs beside the modules or within them. Not thread safe.</summary>
/// <remarks>Each module is read once, when its first method is asked for. What cannot be read is unknown, and never an error.</remarks>
internal sealed class SourceLocations
{
    /// <summary>A PDB of a hundred thousand methods has ten megabytes.</summary>
    private const int PdbBytesMax = 64 << 20;

    /// <summary>16 MiB; modules beyond have no lines.</summary>
    private const int MethodsMax = 2_000_000;

    /// <summary>Dynamic programs load modules without end.</summary>
    private const int ModulesMax = 10_000;

    private readonly Dictionary<string, MethodSources> _modules = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MethodTokens> _tokens = new(StringComparer.Ordinal);
    private int _methodCount;

    /// <summary>Where a method begins; an empty file where that is unknown.</summary>
    /// <param name="module">The path of its module.</param>
    /// <param name="token">Its token in the metadata of the module.</param>
    public (string File, int Line) Of(string module, int token) => SourcesOf(module).Of(token);

    /// <summary>The same of a method whose token the runtime does not tell, as it was compiled ahead. Of several with one name it is the first.</summary>
    /// <param name="module">The path of its module.</param>
    /// <param name="type">Its type, as the runtime writes it.</param>
    /// <param name="name">Its name.</param>
    public (string File, int Line) Of(string module, string type, string name)
    {
        var sources = SourcesOf(module);
        if (sources.Count == 0) return ("", 0);
        if (!_tokens.TryGetValue(module, out var tokens)) _tokens[module] = tokens = MethodTokens.Read(module);
        return sources.Of(tokens.Of(type, name));
    }

    private MethodSources SourcesOf(string module)
    {
        if (_modules.TryGetValue(module, out var sources)) return sources;
        if (_modules.Count >= ModulesMax || _methodCount >= MethodsMax) return MethodSources.None;
        _modules[module] = sources = Read(module);
        _methodCount += sources.Count;
        return sources;
    }

    private static MethodSources Read(string module)
    {
        try
        {
            if (!File.Exists(module)) return MethodSources.None;   // in memory only, or packed into one file
            using var file = new PEReader(File.OpenRead(module));
            return Read(module, file);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // No right to read it, or not a module: then the reader throws what comes (NullReferenceException, seed 146).
            return MethodSources.None;
        }
    }

    private static MethodSources Read(string module, PEReader file)
    {
        foreach (var entry in file.ReadDebugDirectory())
        {
            var pdb = entry switch
            {
                { Type: DebugDirectoryEntryType.CodeView, IsPortableCodeView: true } => Beside(module, file.ReadCodeViewDebugDirectoryData(entry), entry.Stamp),
                { Type: DebugDirectoryEntryType.EmbeddedPortablePdb } => Embedded(file, entry),
                _ => MethodSources.None,
            };
            if (pdb.Count > 0) return pdb;
        }
        return MethodSources.None;
    }

    /// <summary>The compiler wrote where the PDB was then, on either system; now it is beside the module.</summary>
    private static MethodSources Beside(string module, in CodeViewDebugDirectoryData code, uint stamp)
    {
        var file = new FileInfo(Path.Combine(Path.GetDirectoryName(module) ?? "", code.Path[(code.Path.AsSpan().LastIndexOfAny('/', '\\') + 1)..]));
        return file is { Exists: true, Length: <= PdbBytesMax } ? MethodSources.Read(File.ReadAllBytes(file.FullName), new BlobContentId(code.Guid, stamp)) : MethodSources.None;
    }

    /// <summary>MPDB, its size, and the PDB itself, deflated.</summary>
    private static MethodSources Embedded(PEReader file, in DebugDirectoryEntry entry)
    {
        var data = file.GetSectionData(entry.DataRelativeVirtualAddress).GetContent(0, 8);
        if (BitConverter.ToUInt32(ImmutableCollectionsMarshal.AsArray(data)!, 4) > PdbBytesMax) return MethodSources.None;
        using var provider = file.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        return MethodSources.Read(provider.GetMetadataReader());
    }
}
