using Kagari.Testing;

namespace Kagari.Storage.Tests.Space;

public sealed class DiskSpaceTests
{
    [Theory]
    [InlineData(null, 512L << 20)]
    [InlineData(100L << 30, 512L << 20)]
    [InlineData(10L << 30, 512L << 20)]
    [InlineData(1L << 30, (1L << 30) / 20)]
    public void Limit_OfSmallDisks_IsATwentieth(long? total, long limit) => Open(new Disk { Total = total }).LimitBytes.ShouldBe(limit);

    [Fact]
    public void FreeBytes_AskedOften_AsksTheDiskOnceASecond()
    {
        var (disk, time) = (new Disk { Free = 5 }, new ManualTime(DateTimeOffset.UnixEpoch));
        var space = Open(disk, time);
        for (var i = 0; i < 10; i++) space.FreeBytes.ShouldBe(5);
        disk.Asked.ShouldBe(1);
        time.Now += TimeSpan.FromSeconds(1);
        space.IsLow.ShouldBeTrue();
        disk.Asked.ShouldBe(2);
        time.Now -= TimeSpan.FromHours(1);   // a clock that was set back
        space.IsLow.ShouldBeTrue();
        disk.Asked.ShouldBe(3);
    }

    [Fact]
    public void UnknownOrUnwatched_IsNeverFull()
    {
        var unknown = Open(new Disk { Free = null });
        unknown.FreeBytes.ShouldBeNull();
        unknown.ThrowIfFull();
        unknown.HasRoomFor(long.MaxValue / 4).ShouldBeTrue();
        var unwatched = new DiskSpace(new Disk { Free = 0 }, new DiskSpaceOptions { MinFreeBytes = 0 }, "x", new ManualTime(default), _ => { });
        unwatched.ThrowIfFull();
        unwatched.IsLow.ShouldBeFalse();
    }

    private static DiskSpace Open(Disk disk, TimeProvider? time = null) =>
        new(disk, new DiskSpaceOptions(), "x", time ?? new ManualTime(DateTimeOffset.UnixEpoch), _ => { });

    /// <summary>Only tells its size.</summary>
    private sealed class Disk : IObjectStore
    {
        public long? Total { get; init; }

        public long? Free { get; set; } = 0;

        public int Asked { get; private set; }

        public long? TotalBytes => Total;

        public long? FreeBytes
        {
            get
            {
                Asked++;
                return Free;
            }
        }

        public ValueTask PutAsync(string key, ReadOnlyMemory<byte> content, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask ReadAsync(string key, long offset, Memory<byte> into, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IObjectUpload> BeginUploadAsync(string key, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask DeleteAsync(string key, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<ObjectInfo>> ListAsync(string prefix, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
