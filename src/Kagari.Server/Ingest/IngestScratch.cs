using System.Collections.Concurrent;
using Kagari.Profiles;
using Kagari.Server.Ingest.Splitting;

namespace Kagari.Server.Ingest;

/// <summary>All that decoding and splitting one profile needs, reused so that a push allocates next to nothing.</summary>
internal sealed class IngestScratch : IDisposable
{
    public FlatProfile Profile { get; } = new();

    public PprofReader Pprof { get; } = new();

    public JfrReader Jfr { get; } = new();

    public Gunzip Gunzip { get; } = new();

    public OtlpReader Otlp { get; } = new();

    public SampleSplitter Splitter { get; } = new();

    /// <summary>Text or JFR input that came compressed.</summary>
    public FlatList<byte> Text;

    /// <summary>Labels beside JFR input that came compressed.</summary>
    public FlatList<byte> Labels;

    public long MemoryBytes => Profile.MemoryBytes + Jfr.MemoryBytes + Otlp.MemoryBytes + Text.Capacity + Labels.Capacity;

    public void Dispose()
    {
        Pprof.Dispose();
        Gunzip.Dispose();
    }
}

/// <summary>A pool of <see cref="IngestScratch"/>; those that one giant made large are let go.</summary>
internal sealed class IngestScratchPool
{
    private const long KeptBytesMax = 24 << 20;

    private readonly ConcurrentBag<IngestScratch> _free = [];
    private readonly int _keptMax = Environment.ProcessorCount * 2;

    public Lease Rent() => new(this, _free.TryTake(out var scratch) ? scratch : new IngestScratch());

    private void Return(IngestScratch scratch)
    {
        if (_free.Count < _keptMax && scratch.MemoryBytes <= KeptBytesMax) _free.Add(scratch);
        else scratch.Dispose();
    }

    /// <summary>One use of a scratch; dispose it when the profile was handed over.</summary>
    public readonly struct Lease(IngestScratchPool pool, IngestScratch scratch) : IDisposable
    {
        public IngestScratch Scratch => scratch;

        public void Dispose() => pool.Return(scratch);
    }
}
