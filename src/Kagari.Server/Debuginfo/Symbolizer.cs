using System.Collections.Concurrent;
using Kagari.Query;
using Kagari.Server.Limits;
using Kagari.Storage;
using Kagari.Symbols;

namespace Kagari.Server.Debuginfo;

/// <summary>Names addresses by uploaded debug information, else by what a debuginfod server has. Thread safe.</summary>
internal sealed class Symbolizer : IAddressResolver
{
    /// <summary>Decoded units of debug information; the files themselves are mapped and no memory of ours.</summary>
    private const long MemoryBytesMax = 256L << 20;

    /// <summary>Time that one question may take over one file: a hundred thousand addresses of an honest one take half a second.</summary>
    private static readonly TimeSpan ResolveTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>Text of one answer: a hundred thousand calls of two hundred characters.</summary>
    private const long AnswerCharactersMax = 20_000_000;

    private static readonly SymbolLimits FileLimits = SymbolLimits.Default with { DecompressedBytesMax = 512L << 20, MemoryBytesMax = MemoryBytesMax };

    /// <summary>Files that are read at once: each may decode a lot at its first question.</summary>
    private readonly SemaphoreSlim _working = new(2, 2);
    private readonly TimeProvider _time;
    private readonly DebugFiles _files;
    private readonly DebuginfodClient? _debuginfod;
    private readonly ILimitsProvider _limits;
    private readonly ConcurrentDictionary<string, long> _versions = new(StringComparer.Ordinal);
    private readonly ByteCache<(string? Tenant, string BuildId, long Version), ExecutableSymbols> _open = new(MemoryBytesMax, s => s.MemoryBytes + 4096);

    private long _givenUp;

    private Symbolizer(DebugFiles files, DebuginfodClient? debuginfod, ILimitsProvider limits, TimeProvider time)
    {
        (_files, _debuginfod, _limits, _time) = (files, debuginfod, limits, time);
    }

    /// <summary>A symbolizer over what is stored.</summary>
    public static async Task<Symbolizer> OpenAsync(DebugFiles files, DebuginfodClient? debuginfod, ILimitsProvider limits, TimeProvider time, CancellationToken cancellation)
    {
        var symbolizer = new Symbolizer(files, debuginfod, limits, time);
        foreach (var tenant in await files.TenantsAsync(cancellation)) symbolizer.Changed(tenant);
        return symbolizer;
    }

    /// <summary>Addresses that stayed without a name because their file asked for too much time or text.</summary>
    public long AddressesGivenUp => Interlocked.Read(ref _givenUp);

    /// <summary>The debug information of a tenant is another than before.</summary>
    public void Changed(string tenant) => _versions.AddOrUpdate(tenant, 1, (_, version) => version + 1);

    /// <inheritdoc/>
    public long VersionOf(string tenant)
    {
        var own = _versions.GetValueOrDefault(tenant);
        if (own == 0 && _debuginfod is null) return 0;
        // Both only grow, so equal sums are equal pairs.
        return _limits.For(tenant).SymbolizerEnabled ? 1 + own + (_debuginfod?.Version ?? 0) : 0;
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyList<ResolvedFrame>>> ResolveAsync(
        string tenant, string buildId, IReadOnlyList<CodeAddress> addresses, CancellationToken cancellation)
    {
        var answers = new IReadOnlyList<ResolvedFrame>[addresses.Count];
        Array.Fill(answers, []);
        if (!BuildId.TryNormalize(buildId, out var id) || await FindAsync(tenant, id, cancellation) is not var (owner, version, symbols)) return answers;
        await _working.WaitAsync(cancellation);
        try
        {
            Resolve(symbols, addresses, answers, cancellation);
        }
        finally
        {
            _working.Release();
        }
        // Files grow as they are read; asked for again, the cache weighs them anew.
        await OpenAsync(owner, id, version, cancellation);
        // The file is unmapped when nobody holds it; the spans of the reader do not.
        GC.KeepAlive(symbols);
        return answers;
    }

    /// <summary>Names addresses until time or text is used up: files come from clients, and small ones can ask for much of both.</summary>
    private void Resolve(ExecutableSymbols symbols, IReadOnlyList<CodeAddress> addresses, IReadOnlyList<ResolvedFrame>[] answers, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        var charactersLeft = AnswerCharactersMax;
        var frames = new List<SymbolFrame>();
        for (var i = 0; i < answers.Length; i++)
        {
            if (charactersLeft <= 0 || _time.GetElapsedTime(started) >= ResolveTimeMax)
            {
                Interlocked.Add(ref _givenUp, answers.Length - i);
                return;
            }
            cancellation.ThrowIfCancellationRequested();
            frames.Clear();
            if (symbols.TryResolve(AddressInFile(symbols, addresses[i]), frames))
                answers[i] = [.. frames.Select(f => new ResolvedFrame(f.Function, f.SystemName, f.File, f.Line, f.StartLine))];
            foreach (var frame in frames) charactersLeft -= frame.Function.Length + frame.SystemName.Length + frame.File.Length;
        }
    }

    /// <summary>The file, and whose it is: the tenant's own, or everybody's (null).</summary>
    private async ValueTask<(string? Owner, long Version, ExecutableSymbols Symbols)?> FindAsync(string tenant, string buildId, CancellationToken cancellation)
    {
        var version = _versions.GetValueOrDefault(tenant);
        if (await OpenAsync(tenant, buildId, version, cancellation) is { } own) return (tenant, version, own);
        if (_debuginfod is null || !await _debuginfod.FetchAsync(buildId, cancellation)) return null;
        return await OpenAsync(null, buildId, 0, cancellation) is { } fetched ? (null, 0, fetched) : null;
    }

    private ValueTask<ExecutableSymbols?> OpenAsync(string? tenant, string buildId, long version, CancellationToken cancellation) =>
        _open.GetAsync((tenant, buildId, version), async token =>
        {
            // A file counts from when its upload is finished: before, it may be half of one.
            if (tenant is not null && await _files.FindAsync(tenant, buildId, token) is not { State: Wire.Debuginfo.ObjectMetadata.Types.State.Uploaded }) return null;
            if (await _files.OpenAsync(tenant, buildId, token) is not { } bytes) return null;
            var isRead = ExecutableSymbols.TryRead(bytes, FileLimits, out var symbols, out _);
            GC.KeepAlive(bytes);
            return isRead ? symbols : null;
        }, cancellation);

    /// <summary>
    /// Where the mapping has the address, its place in the file decides, whatever address the process had it at. Else it is
    /// an address of the file already: so agents write it that normalize themselves. Nothing is mapped at 0, so a mapping
    /// that begins there is made up by one of those.
    /// </summary>
    private static ulong AddressInFile(ExecutableSymbols symbols, in CodeAddress address)
    {
        if (address.MemoryStart == 0 || address.Address < address.MemoryStart || address.Address >= address.MemoryLimit) return address.Address;
        return symbols.TryGetVirtualAddress(address.Address - address.MemoryStart + address.FileOffset, out var inFile) ? inFile : address.Address;
    }
}
