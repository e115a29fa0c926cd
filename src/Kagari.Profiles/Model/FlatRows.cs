namespace Kagari.Profiles;

/// <summary>Name and unit of a value: indexes into <see cref="FlatProfile.Strings"/>.</summary>
public readonly record struct ValueType(int Type, int Unit);

/// <summary>One sample: ranges in <see cref="FlatProfile.Stacks"/> and <see cref="FlatProfile.Labels"/>.</summary>
public readonly record struct Sample(int StackStart, int StackCount, int LabelStart, int LabelCount);

/// <summary>One label of a sample: text (index of a string) or, where <see cref="Text"/> is 0, a number with unit.</summary>
public readonly record struct SampleLabel(int Key, int Text, long Number, int NumberUnit);

/// <summary>A place in the code. <see cref="Mapping"/> is −1 where none is known; without lines it is unsymbolized.</summary>
public readonly record struct Location(int Mapping, int LineStart, int LineCount, ulong Address);

/// <summary>A line of a function. <see cref="Function"/> is −1 where the profile lacks it: only in locations that no sample has.</summary>
public readonly record struct Line(int Function, int Column, long LineNumber);

/// <summary>A function: indexes of strings, and the line it starts at.</summary>
public readonly record struct Function(int Name, int SystemName, int FileName, long StartLine);

/// <summary>A binary or library in memory.</summary>
public readonly record struct Mapping(
    ulong MemoryStart, ulong MemoryLimit, ulong FileOffset, int FileName, int BuildId, MappingFlags Flags);

/// <summary>What is known of a mapping's symbols.</summary>
[Flags]
public enum MappingFlags
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The profile has function names for it.</summary>
    HasFunctions = 1,

    /// <summary>The profile has file names for it.</summary>
    HasFileNames = 2,

    /// <summary>The profile has line numbers for it.</summary>
    HasLineNumbers = 4,

    /// <summary>The profile has inlined frames for it.</summary>
    HasInlineFrames = 8,
}

/// <summary>Where a string lies in <see cref="FlatProfile.Bytes"/>.</summary>
public readonly record struct StringRange(int Start, int Length);
