namespace Kagari.Profiles;

/// <summary>The code of a method: where it lies, and texts of <see cref="NetTraceMethods"/>.</summary>
/// <param name="Start">Address of its first byte.</param>
/// <param name="Size">Bytes; 0: not told.</param>
/// <param name="Module">Number of its module.</param>
/// <param name="Token">Its number in the metadata of the module; 0: none.</param>
/// <param name="Ticks">When the runtime told of it.</param>
/// <param name="Type">Name of its type with namespace, as the runtime writes it.</param>
/// <param name="Name">Its own name.</param>
internal readonly record struct NetTraceMethod(ulong Start, uint Size, long Module, int Token, long Ticks, int Type, int Name)
{
    public ulong End => Start + Size;

    /// <summary>Whether both are code of the same method.</summary>
    public bool IsSameMethod(in NetTraceMethod other) => Type == other.Type && Name == other.Name && Module == other.Module;
}
