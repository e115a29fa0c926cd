using System.Buffers;
using Kagari.Profiles;

namespace Kagari.Query.Tests.Export.Parquet;

/// <summary>A file of any length takes the memory of one row group.</summary>
public sealed class ParquetMemoryTests
{
    [Fact]
    public void Write_AfterTheFirstRowGroup_AllocatesNextToNothing()
    {
        if (PageCompressor.Preferred != ParquetCodec.Zstd) Assert.Skip("gzip of the framework allocates what it keeps per page.");
        var (output, names, series) = (new Drain(), Names(2000), new ExportedSeries(LabelSet.Of((LabelNames.ServiceName, "shop"), ("version", "1"))));
        var limits = new ParquetLimits { RowGroupRowsMax = 10_000 };
        using var writer = new ParquetSampleWriter(output, ParquetCodec.Zstd, limits);
        Write(writer, names, series, 30_000, seed: 1);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(writer, names, series, 300_000, seed: 2);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        output.Bytes.ShouldBeGreaterThan(3_000_000);
        // The footer grows by a kilobyte per row group; pages that come out larger than those before grow their arrays.
        allocated.ShouldBeLessThan(1_000_000);
    }

    [Fact]
    public void RowGroup_OfWhatCannotBeCompressed_EndsAtItsBytes()
    {
        var limits = new ParquetLimits { RowGroupBytesMax = 1 << 20, DictionaryBytesMax = 100_000, PageBytesMax = 100_000 };
        var (output, series) = (new Drain(), new ExportedSeries(LabelSet.Empty));
        using var writer = new ParquetSampleWriter(output, PageCompressor.Preferred, limits);
        var random = new Random(1);
        var name = new byte[1000];
        for (var i = 0; i < 10_000; i++)
        {
            var names = new NameTable();
            random.NextBytes(name);
            for (var at = 0; at < name.Length; at++) name[at] = (byte)(' ' + (name[at] % 95));
            writer.Write(new ExportedSample(i, series, names.View(), [], 1));
            names.Intern(name);
            writer.Write(new ExportedSample(i, series, names.View(), [0], random.NextInt64()));
        }
        writer.Finish();
        output.Bytes.ShouldBeGreaterThan(10_000_000);
        output.BytesAtOnceMax.ShouldBeInRange(200_000, 1 << 20, "a column of a row group");
    }

    private static NameView Names(int count)
    {
        var names = new NameTable();
        for (var i = 0; i < count; i++) names.Intern($"github.com/example/project/package_{i % 50}.(*Type).Method{i}");
        return names.View();
    }

    private static void Write(ParquetSampleWriter writer, NameView names, ExportedSeries series, int rows, int seed)
    {
        var random = new Random(seed);
        Span<int> stack = stackalloc int[20];
        for (var i = 0; i < rows; i++)
        {
            foreach (ref var name in stack) name = random.Next(names.Ends.Length);
            writer.Write(new ExportedSample(i / 100 * 1000L, series, names, stack, random.NextInt64()));
        }
    }

    /// <summary>Takes bytes and forgets them.</summary>
    private sealed class Drain : IBufferWriter<byte>
    {
        private byte[] _buffer = new byte[1 << 20];

        public long Bytes { get; private set; }

        public int BytesAtOnceMax { get; private set; }

        public void Advance(int count)
        {
            Bytes += count;
            BytesAtOnceMax = Math.Max(BytesAtOnceMax, count);
        }

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (_buffer.Length < sizeHint) _buffer = new byte[sizeHint];
            return _buffer;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
