using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Rideshare.Workers;

/// <summary>Writes receipts beside the requests. In us-east nobody takes them away.</summary>
internal sealed class WorkerPool(Region region) : BackgroundService
{
    private const int WorkersMax = 2;

    /// <summary>A receipt has 64 KiB …</summary>
    private const int ReceiptBytes = 64 * 1024;

    /// <summary>… and the leak ends at 32 MiB, for a demo should not eat the machine: the oldest goes where a new one comes.</summary>
    private const int ReceiptsMax = 512;

    private readonly Channel<string> _orders = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly byte[]?[] _kept = new byte[ReceiptsMax][];
    private int _count;

    public void Enqueue(string vehicle)
    {
        if (region.Leaks) _orders.Writer.TryWrite(vehicle);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, WorkersMax).Select(_ => RunAsync(stoppingToken)));

    private async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var vehicle in _orders.Reader.ReadAllAsync(stopping)) DoWork(vehicle);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DoWork(string vehicle)
    {
        for (var page = 0; page < PagesOf(vehicle); page++)
            _kept[(uint)Interlocked.Increment(ref _count) % ReceiptsMax] = new byte[ReceiptBytes];
    }

    private static int PagesOf(string vehicle) => vehicle == "car" ? 4 : 2;
}
