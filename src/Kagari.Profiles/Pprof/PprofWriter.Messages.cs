namespace Kagari.Profiles;

/// <content>Size and bytes of each message, one beside the other: they must agree.</content>
public static partial class PprofWriter
{
    private static int SizeOf(in ValueType type) => Number(type.Type) + Number(type.Unit);

    private static void Write(ref WireWriter writer, int field, in ValueType type)
    {
        Frame(ref writer, field, SizeOf(type), reserve: 2 * FieldBytesMax);
        Field(ref writer, 1, type.Type);
        Field(ref writer, 2, type.Unit);
    }

    private static int SizeOf(in SampleParts sample)
    {
        var size = 0;
        if (sample.Stack.Length > 0) size += Framed(PackedSize(sample.Stack, add: 1));
        if (sample.Values.Length > 0) size += Framed(PackedSize(sample.Values));
        foreach (ref readonly var label in sample.Labels) size += Framed(SizeOf(label));
        return size;
    }

    private static void Write(ref WireWriter writer, in SampleParts sample)
    {
        Frame(ref writer, 2, SizeOf(sample), reserve: 0);
        if (sample.Stack.Length > 0)
        {
            Frame(ref writer, 1, PackedSize(sample.Stack, add: 1), reserve: 0);
            WritePacked(ref writer, sample.Stack, add: 1);
        }
        if (sample.Values.Length > 0)
        {
            Frame(ref writer, 2, PackedSize(sample.Values), reserve: 0);
            foreach (var value in sample.Values)
            {
                writer.Reserve(WireWriter.VarintBytesMax);
                writer.Varint((ulong)value);
            }
        }
        foreach (ref readonly var label in sample.Labels)
        {
            Frame(ref writer, 3, SizeOf(label), reserve: 4 * FieldBytesMax);
            Field(ref writer, 1, label.Key);
            Field(ref writer, 2, label.Text);
            Field(ref writer, 3, label.Number);
            Field(ref writer, 4, label.NumberUnit);
        }
    }

    private static int SizeOf(in SampleLabel label) =>
        Number(label.Key) + Number(label.Text) + Number(label.Number) + Number(label.NumberUnit);

    private static int SizeOf(in Mapping mapping, int index) =>
        Number(index + 1) + Number((long)mapping.MemoryStart) + Number((long)mapping.MemoryLimit)
        + Number((long)mapping.FileOffset) + Number(mapping.FileName) + Number(mapping.BuildId)
        + Flag(mapping, MappingFlags.HasFunctions) + Flag(mapping, MappingFlags.HasFileNames)
        + Flag(mapping, MappingFlags.HasLineNumbers) + Flag(mapping, MappingFlags.HasInlineFrames);

    private static void Write(ref WireWriter writer, in Mapping mapping, int index)
    {
        Frame(ref writer, 3, SizeOf(mapping, index), reserve: 10 * FieldBytesMax);
        Field(ref writer, 1, index + 1);
        Field(ref writer, 2, (long)mapping.MemoryStart);
        Field(ref writer, 3, (long)mapping.MemoryLimit);
        Field(ref writer, 4, (long)mapping.FileOffset);
        Field(ref writer, 5, mapping.FileName);
        Field(ref writer, 6, mapping.BuildId);
        Field(ref writer, 7, Bit(mapping, MappingFlags.HasFunctions));
        Field(ref writer, 8, Bit(mapping, MappingFlags.HasFileNames));
        Field(ref writer, 9, Bit(mapping, MappingFlags.HasLineNumbers));
        Field(ref writer, 10, Bit(mapping, MappingFlags.HasInlineFrames));
    }

    private static int Flag(in Mapping mapping, MappingFlags flag) => Number(Bit(mapping, flag));

    private static int Bit(in Mapping mapping, MappingFlags flag) => (mapping.Flags & flag) == flag ? 1 : 0;

    private static int SizeOf(FlatProfile profile, in Location location, int index)
    {
        var size = Number(index + 1) + Number(location.Mapping + 1) + Number((long)location.Address);
        foreach (ref readonly var line in LinesOf(profile, location)) size += Framed(SizeOf(line));
        return size;
    }

    private static void Write(ref WireWriter writer, FlatProfile profile, in Location location, int index)
    {
        Frame(ref writer, 4, SizeOf(profile, location, index), reserve: 3 * FieldBytesMax);
        Field(ref writer, 1, index + 1);
        Field(ref writer, 2, location.Mapping + 1);
        Field(ref writer, 3, (long)location.Address);
        foreach (ref readonly var line in LinesOf(profile, location))
        {
            Frame(ref writer, 4, SizeOf(line), reserve: 3 * FieldBytesMax);
            Field(ref writer, 1, line.Function + 1);
            Field(ref writer, 2, line.LineNumber);
            Field(ref writer, 3, line.Column);
        }
    }

    private static ReadOnlySpan<Line> LinesOf(FlatProfile profile, in Location location) =>
        profile.Lines.Span.Slice(location.LineStart, location.LineCount);

    private static int SizeOf(in Line line) => Number(line.Function + 1) + Number(line.LineNumber) + Number(line.Column);

    private static int SizeOf(in Function function, int index) =>
        Number(index + 1) + Number(function.Name) + Number(function.SystemName) + Number(function.FileName) + Number(function.StartLine);

    private static void Write(ref WireWriter writer, in Function function, int index)
    {
        Frame(ref writer, 5, SizeOf(function, index), reserve: 5 * FieldBytesMax);
        Field(ref writer, 1, index + 1);
        Field(ref writer, 2, function.Name);
        Field(ref writer, 3, function.SystemName);
        Field(ref writer, 4, function.FileName);
        Field(ref writer, 5, function.StartLine);
    }

    /// <summary>One sample's rows.</summary>
    private readonly ref struct SampleParts
    {
        public readonly ReadOnlySpan<int> Stack;
        public readonly ReadOnlySpan<long> Values;
        public readonly ReadOnlySpan<SampleLabel> Labels;

        public SampleParts(FlatProfile profile, int index, int types)
        {
            var sample = profile.Samples[index];
            Stack = profile.Stacks.Span.Slice(sample.StackStart, sample.StackCount);
            Values = profile.Values.Span.Slice(index * types, types);
            Labels = profile.Labels.Span.Slice(sample.LabelStart, sample.LabelCount);
        }
    }
}
