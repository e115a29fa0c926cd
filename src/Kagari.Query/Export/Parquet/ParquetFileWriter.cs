using System.Buffers;
using System.Buffers.Binary;
using Kagari.Profiles;

namespace Kagari.Query;

/// <summary>Writes a Parquet file from front to back: nothing that is out is touched again, so it may be a pipe.</summary>
/// <remarks>
/// Specification: apache/parquet-format, README.md and src/main/thrift/parquet.thrift; docs/formats/parquet.md draws what is
/// written. Memory is that of one row group and of the footer, about a kilobyte per row group written.
/// </remarks>
internal sealed class ParquetFileWriter : IDisposable
{
    private readonly IBufferWriter<byte> _output;
    private readonly IReadOnlyList<ParquetField> _schema;
    private readonly ParquetLimits _limits;
    private readonly PageCompressor _compressor;
    private readonly ColumnChunkWriter[] _columns;
    private FlatList<byte> _rowGroups;
    private int _rowGroupCount, _rows;
    private long _offset, _rowsWritten;

    public ParquetFileWriter(IBufferWriter<byte> output, IReadOnlyList<ParquetField> schema, ParquetCodec codec, ParquetLimits limits)
    {
        (_output, _schema, _limits) = (output, schema, limits);
        _compressor = new PageCompressor(codec);
        var pages = new PageWriter(_compressor);
        _columns = [.. ParquetColumn.Of(schema).Select(c => new ColumnChunkWriter(c, limits, pages))];
        _output.Write(ParquetFormat.Magic);
        _offset = ParquetFormat.Magic.Length;
    }

    /// <summary>The columns in the order of the schema; each takes its values of a row before <see cref="EndRow"/>.</summary>
    public IReadOnlyList<ColumnChunkWriter> Columns => _columns;

    /// <summary>Ends a row; a full row group is written.</summary>
    public void EndRow()
    {
        _rows++;
        long held = 0;
        foreach (var column in _columns)
        {
            column.EndRow();
            held += column.HeldBytes;
        }
        if (_rows >= _limits.RowGroupRowsMax || held >= _limits.RowGroupBytesMax) CloseRowGroup();
    }

    /// <summary>Writes what is left and the footer, without which a file is none.</summary>
    public void Finish()
    {
        if (_rows > 0) CloseRowGroup();
        var footer = default(FlatList<byte>);
        WriteFooter(ref footer);
        _output.Write(footer.Span);
        BinaryPrimitives.WriteInt32LittleEndian(_output.GetSpan(sizeof(int)), footer.Count);
        _output.Advance(sizeof(int));
        _output.Write(ParquetFormat.Magic);
    }

    public void Dispose() => _compressor.Dispose();

    private void CloseRowGroup()
    {
        var start = _offset;
        long rawBytes = 0;
        var group = new ThriftWriter(ref _rowGroups);
        group.Structs(1, _columns.Length);
        foreach (var column in _columns)
        {
            var (bytes, raw) = column.Finish(_output, _offset, _compressor.Codec, ref group);
            _offset += bytes;
            rawBytes += raw;
        }
        group.Int64(2, rawBytes);
        group.Int64(3, _rows);
        group.Int64(5, start);
        group.Int64(6, _offset - start);
        group.End();
        _rowsWritten += _rows;
        _rowGroupCount++;
        _rows = 0;
    }

    private void WriteFooter(ref FlatList<byte> footer)
    {
        var file = new ThriftWriter(ref footer);
        file.Int32(1, 2);
        ParquetSchema.Write(2, _schema, ref file);
        file.Int64(3, _rowsWritten);
        file.Structs(4, _rowGroupCount);
        file.Written(_rowGroups.Span);
        file.Binary(6, CreatedBy);
        file.Structs(7, _columns.Length);
        foreach (var _ in _columns)
        {
            // Bounds are in the order of the type.
            file.Begin();
            file.Empty(1);
            file.End();
        }
        file.End();
    }

    /// <summary>As "parquet-mr version 1.8.0": readers know writers by it.</summary>
    private static byte[] CreatedBy { get; } =
        System.Text.Encoding.UTF8.GetBytes($"kagari version {typeof(ParquetFileWriter).Assembly.GetName().Version!.ToString(3)}");
}
