using Kagari.Profiles;
using Kagari.Storage;

namespace Kagari.Testing;

/// <summary>An embedded store in a temporary directory that tests write, damage and reopen.</summary>
public sealed class TestStore : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly IngesterOptions _options;
    private readonly Func<LocalObjectStore, IAppendStore> _wrap;
    private readonly DiskSpaceOptions? _space;
    private LocalObjectStore? _store;
    private ManifestCatalogue? _catalogue;
    private SegmentLog? _log;
    private readonly CompactorOptions _compaction;
    private Ingester? _ingester;
    private Compactor? _compactor;

    private TestStore(IngesterOptions options, CompactorOptions compaction, DiskSpaceOptions? space, Func<LocalObjectStore, IAppendStore>? wrap)
    {
        _options = options;
        _compaction = compaction;
        _space = space;
        _wrap = wrap ?? (store => store);
    }

    /// <summary>The directory.</summary>
    public string Root => _directory.Path;

    /// <summary>What the store reported.</summary>
    public List<StorageReport> Reports { get; } = [];

    /// <summary>The clock of compaction; tests move it.</summary>
    public ManualTime Time { get; } = new(DateTimeOffset.UnixEpoch);

    /// <summary>What compaction did.</summary>
    public List<JobResult> Jobs { get; } = [];

    /// <summary>How long the data of a tenant is kept; tests change it.</summary>
    public Func<string, TenantRetention> Retention { get; set; } = static _ => TenantRetention.Forever;

    /// <summary>What retention, deletions and full disks removed.</summary>
    public List<Removal> Removals { get; } = [];

    /// <summary>Merges.</summary>
    public Compactor Compactor => _compactor!;

    /// <summary>The files.</summary>
    public LocalObjectStore Files => _store!;

    /// <summary>Closes the log and does all that there is to compact at a time.</summary>
    public async Task CompactAsync(DateTimeOffset now)
    {
        Time.Now = now;
        Ingester.Seal();
        while (Ingester.ActiveLogKey is not null) await Task.Yield();
        while (await Compactor.TryRunOneAsync(default)) await Compactor.DeleteDueAsync(default);
    }

    /// <summary>Does all that retention has to do at a time.</summary>
    public async Task RetainAsync(DateTimeOffset now)
    {
        Time.Now = now;
        while (await Compactor.TryRetainOneAsync(default)) await Compactor.DeleteDueAsync(default);
    }

    /// <summary>Deletes what was replaced long enough ago.</summary>
    public Task DeleteDueAsync() => Compactor.DeleteDueAsync(default);

    /// <summary>Makes room where the disk is nearly full; true where something went.</summary>
    public Task<bool> FreeSpaceAsync() => Compactor.TryFreeSpaceAsync(default);

    /// <summary>Takes profiles.</summary>
    public Ingester Ingester => _ingester!;

    /// <summary>Knows segments.</summary>
    public ICatalogue Catalogue => _catalogue!;

    /// <summary>Opens an empty store. Default: segments are written as soon as something waits.</summary>
    /// <param name="options">Settings of the ingester.</param>
    /// <param name="compaction">Settings of the compactor.</param>
    /// <param name="space">Settings of the watch over the disk; null watches nothing.</param>
    /// <param name="wrap">Puts something between the engine and the files. Default: nothing.</param>
    public static async Task<TestStore> OpenAsync(
        IngesterOptions? options = null, CompactorOptions? compaction = null, DiskSpaceOptions? space = null, Func<LocalObjectStore, IAppendStore>? wrap = null)
    {
        var store = new TestStore(options ?? new IngesterOptions { FlushInterval = TimeSpan.Zero }, compaction ?? new CompactorOptions(), space, wrap);
        await store.StartAsync();
        return store;
    }

    /// <summary>A cache that has decoded nothing yet.</summary>
    public DatasetCache NewDatasets() => new(new SectionReader(_store!, Reports.Add), 64 << 20);

    /// <summary>Closes everything and opens it again, with whatever the test did to the files between.</summary>
    public async Task ReopenAsync(Action? between = null)
    {
        await StopAsync();
        between?.Invoke();
        await StartAsync();
    }

    /// <summary>Stores a drawing under one series and waits until it is durable.</summary>
    public Task PutAsync(string drawing, long timeNanos, string service = "cart", string pod = "a", string tenant = "t") =>
        PutAsync(drawing, timeNanos, LabelSet.Of([(LabelNames.ServiceName, service), ("pod", pod)]), tenant);

    /// <summary>Stores a drawing of CPU nanoseconds under the series of these labels and waits until it is durable.</summary>
    public Task PutAsync(string drawing, long timeNanos, LabelSet labels, string tenant = "t")
    {
        var hash = XxHash64.Of(System.Text.Encoding.UTF8.GetBytes(drawing), labels.StableHash());
        return PutAsync(Drawings.Profile(drawing, "cpu:nanoseconds"), hash, timeNanos, labels, tenant);
    }

    /// <summary>Stores a profile of CPU nanoseconds, which no drawing shows; its labels tell it from others of the time.</summary>
    public Task PutAsync(FlatProfile profile, long timeNanos, LabelSet labels, string tenant = "t") =>
        PutAsync(profile, labels.StableHash(), timeNanos, labels, tenant);

    private Task PutAsync(FlatProfile profile, ulong hash, long timeNanos, LabelSet labels, string tenant)
    {
        var samples = Enumerable.Range(0, profile.Samples.Count).ToArray();
        var series = labels.With(LabelNames.ProfileType, CpuType.ToString());
        return Ingester.Append(
            tenant, labels[LabelNames.ServiceName], profile, [new ProfileRow(new SeriesGroup([series], [0]), samples, default)], timeNanos, hash, out _);
    }

    /// <summary>The profile type of what <see cref="PutAsync(string, long, LabelSet, string)"/> stores.</summary>
    public static ProfileTypeId CpuType { get; } = new("process_cpu", "cpu", "nanoseconds", "cpu", "nanoseconds");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _directory.Dispose();
    }

    private async Task StartAsync()
    {
        _store = new LocalObjectStore(Root);
        var files = _wrap(_store);
        _catalogue = await ManifestCatalogue.OpenAsync(files, Time, Reports.Add, default);
        _log = await SegmentLog.OpenAsync(files, _catalogue.LastLogNumber, default);
        var space = _space is null ? null : new DiskSpace(files, _space, Root, Time, Reports.Add);
        _ingester = new Ingester(_log, _catalogue, _options, TimeProvider.System, Reports.Add, space: space);
        _compactor = new Compactor(
            _catalogue, files, new SectionReader(files, Reports.Add), _ingester, _compaction, Time, Reports.Add, Jobs.Add,
            tenant => Retention(tenant), Removals.Add, space);
    }

    private async Task StopAsync()
    {
        if (_ingester is not null) await _ingester.DisposeAsync();
        _log?.Dispose();
        _catalogue?.Dispose();
        _store?.Dispose();
    }
}
