using System.Collections.Concurrent;

namespace Kagari.Symbols;

/// <summary>The sections of debug information, each decompressed when it is first asked for.</summary>
internal sealed class DwarfSections
{
    private readonly ElfFile _elf;
    private readonly ConcurrentQueue<string> _remarks;
    private readonly Lock _lock = new();
    private readonly Lazy<ReadOnlyMemory<byte>>[] _sections;
    private long _bytesLeft;
    private long _memoryBytes;

    private static readonly string[] s_names =
        [".debug_info", ".debug_abbrev", ".debug_str", ".debug_line_str", ".debug_str_offsets", ".debug_addr", ".debug_ranges", ".debug_rnglists", ".debug_line", ".debug_aranges"];

    public DwarfSections(ElfFile elf, long decompressedBytesMax, ConcurrentQueue<string> remarks)
    {
        (_elf, _bytesLeft, _remarks) = (elf, decompressedBytesMax, remarks);
        _sections = [.. s_names.Select(name => new Lazy<ReadOnlyMemory<byte>>(() => Read(name)))];
    }

    public ReadOnlySpan<byte> Info => _sections[0].Value.Span;

    public ReadOnlySpan<byte> Abbreviations => _sections[1].Value.Span;

    public ReadOnlySpan<byte> Strings => _sections[2].Value.Span;

    public ReadOnlySpan<byte> LineStrings => _sections[3].Value.Span;

    public ReadOnlySpan<byte> StringOffsets => _sections[4].Value.Span;

    public ReadOnlySpan<byte> Addresses => _sections[5].Value.Span;

    public ReadOnlySpan<byte> Ranges => _sections[6].Value.Span;

    public ReadOnlySpan<byte> RangeLists => _sections[7].Value.Span;

    public ReadOnlySpan<byte> Lines => _sections[8].Value.Span;

    public ReadOnlySpan<byte> AddressRanges => _sections[9].Value.Span;

    /// <summary>Bytes of what was decompressed.</summary>
    public long MemoryBytes => Interlocked.Read(ref _memoryBytes);

    public ByteCursor Cursor(ReadOnlySpan<byte> section, ulong at) => _elf.Cursor(section, at <= (ulong)section.Length ? (int)at : -1);

    private ReadOnlyMemory<byte> Read(string name)
    {
        lock (_lock)
        {
            var left = _bytesLeft;
            var bytes = _elf.Contents(name, ref _bytesLeft, out var remark);
            if (remark.Length > 0) _remarks.Enqueue(remark);
            Interlocked.Add(ref _memoryBytes, left - _bytesLeft);
            return bytes;
        }
    }
}
