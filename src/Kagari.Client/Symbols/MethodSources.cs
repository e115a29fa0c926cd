using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Runtime.InteropServices;
using System.Text;

namespace Kagari.Client.Symbols;

/// <summary>Where the methods of one module begin: of its portable PDB only this is kept, eight bytes a method.</summary>
/// <remarks>
/// Portable PDB v1.0: documents; for each method definition a row with its document and sequence points; the method that
/// started a state machine, by the method that runs it. A method begins at its first sequence point that is not hidden:
/// the first statement where the compiler optimised, else the brace. One that only starts a state machine has none, and
/// begins where the state machine does.
/// </remarks>
internal sealed class MethodSources
{
    /// <summary>Hidden points at the beginning of a method, beyond which none is looked for: compilers write one or two.</summary>
    private const int PointsMax = 64;

    private const int NameBytesMax = 4096;

    private const int MethodTable = 0x06, RowMask = 0x00ffffff;

    private readonly string[] _files;
    private readonly (int File, int Line)[] _starts;   // by method row − 1

    private MethodSources(string[] files, (int File, int Line)[] starts) => (_files, _starts) = (files, starts);

    /// <summary>Of a module of which nothing is known.</summary>
    public static MethodSources None { get; } = new([], []);

    /// <summary>Methods that there is memory for.</summary>
    public int Count => _starts.Length;

    /// <summary>Where a method begins; an empty file where that is unknown.</summary>
    /// <param name="token">Its token in the metadata of the module.</param>
    public (string File, int Line) Of(int token)
    {
        var row = token & RowMask;
        if (token >>> 24 != MethodTable || row == 0 || row > _starts.Length) return ("", 0);
        var (file, line) = _starts[row - 1];
        return line == 0 ? ("", 0) : (_files[file], line);
    }

    /// <summary>Reads a PDB; <see cref="None"/> where it is not one, or not the one of this module.</summary>
    /// <param name="pdb">The whole file.</param>
    /// <param name="id">The mark that the compiler left in module and PDB; null: any.</param>
    public static MethodSources Read(byte[] pdb, BlobContentId? id)
    {
        try
        {
            using var provider = MetadataReaderProvider.FromPortablePdbImage(ImmutableCollectionsMarshal.AsImmutableArray(pdb));
            var reader = provider.GetMetadataReader();
            return reader.DebugMetadataHeader is { } header && (id is not { } wanted || new BlobContentId(header.Id) == wanted) ? Read(reader) : None;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The reader says that bytes are wrong with several kinds of exceptions; without lines a profile is still one.
            return None;
        }
    }

    /// <summary>Reads a PDB that a reader has open.</summary>
    /// <exception cref="BadImageFormatException">It is none.</exception>
    public static MethodSources Read(MetadataReader reader)
    {
        var files = new string[reader.Documents.Count];
        foreach (var handle in reader.Documents) files[MetadataTokens.GetRowNumber(handle) - 1] = NameOf(reader, reader.GetDocument(handle).Name);
        var starts = new (int File, int Line)[reader.MethodDebugInformation.Count];
        foreach (var handle in reader.MethodDebugInformation)
        {
            var method = reader.GetMethodDebugInformation(handle);
            if (StartOf(method) is not { Line: > 0 } start || start.File >= files.Length) continue;
            starts[MetadataTokens.GetRowNumber(handle) - 1] = start;
            var starter = method.GetStateMachineKickoffMethod();
            if (!starter.IsNil && MetadataTokens.GetRowNumber(starter) - 1 is var row && row < starts.Length && starts[row].Line == 0) starts[row] = start;
        }
        return new MethodSources(files, starts);
    }

    private static (int File, int Line) StartOf(in MethodDebugInformation method)
    {
        if (method.SequencePointsBlob.IsNil) return default;
        var left = PointsMax;
        foreach (var point in method.GetSequencePoints())
        {
            if (!point.IsHidden) return (MetadataTokens.GetRowNumber(point.Document) - 1, point.StartLine);
            if (--left == 0) break;
        }
        return default;
    }

    /// <summary>A separator, and parts of the path as numbers of blobs: put together here, because a hostile file could repeat a long part often.</summary>
    private static string NameOf(MetadataReader reader, DocumentNameBlobHandle handle)
    {
        if (handle.IsNil) return "";
        var parts = reader.GetBlobReader((BlobHandle)handle);
        var separator = parts.ReadByte();
        var name = new List<byte>();
        for (var isFirst = true; parts.RemainingBytes > 0; isFirst = false)
        {
            if (!isFirst && separator != 0) name.Add(separator);
            var part = MetadataTokens.BlobHandle(parts.ReadCompressedInteger());
            if (!part.IsNil && reader.GetBlobReader(part) is var text) name.AddRange(text.ReadBytes(Math.Min(text.Length, NameBytesMax)));
            if (name.Count > NameBytesMax) return "";
        }
        return Encoding.UTF8.GetString(CollectionsMarshal.AsSpan(name));
    }
}
