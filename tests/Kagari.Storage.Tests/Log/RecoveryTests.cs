using Kagari.Testing;

namespace Kagari.Storage.Tests.Log;

/// <summary>What a crash or a rotten disk leaves is found, named and stepped over.</summary>
public sealed class RecoveryTests
{
    private static string LogFile(TestStore store) => Directory.GetFiles(Path.Combine(store.Root, "log")).Order(StringComparer.Ordinal).First();

    private static string Manifest(TestStore store) => Path.Combine(store.Root, "manifest");

    [Fact]
    public async Task Open_ManifestMissing_IsRebuiltFromTheLogs()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1);
        await store.PutAsync("a;c 2", 2);
        await store.ReopenAsync(() => File.Delete(Manifest(store)));
        (await store.DrawAsync()).ShouldBe("a;b 1 | a;c 2");
    }

    [Fact]
    public async Task Open_ManifestCutAnywhere_HasEverything()
    {
        await using var store = await TestStore.OpenAsync();
        for (var i = 0; i < 5; i++) await store.PutAsync("a;b 1", i);
        await store.ReopenAsync();
        var length = new FileInfo(Manifest(store)).Length;
        for (long cut = 0; cut < length; cut += 7)
        {
            await store.ReopenAsync(() => Truncate(Manifest(store), cut));
            (await store.DrawAsync()).ShouldBe("a;b 5", $"the manifest was cut at byte {cut}");
        }
    }

    [Fact]
    public async Task Open_ManifestBitFlipped_ReportsTheByteAndHasEverything()
    {
        await using var store = await TestStore.OpenAsync();
        for (var i = 0; i < 3; i++) await store.PutAsync("a;b 1", i);
        await store.ReopenAsync(() => Flip(Manifest(store), 40));
        (await store.DrawAsync()).ShouldBe("a;b 3");
        var report = store.Reports.ShouldHaveSingleItem();
        report.Kind.ShouldBe(StorageReportKind.ManifestRebuilt);
        report.ObjectKey.ShouldBe("manifest");
        report.Offset.ShouldBeGreaterThanOrEqualTo(8);
    }

    [Fact]
    public async Task Open_LogCutAnywhereInItsLastFrame_KeepsTheFramesBefore()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1);
        await store.PutAsync("a;c 2", 2);
        var last = store.Catalogue.Segments()[^1];
        var whole = await File.ReadAllBytesAsync(await StopAndNameAsync(store));
        for (var cut = last.Offset + 1; cut < last.End; cut += 5)
        {
            await store.ReopenAsync(() => ResetLogs(store, whole.AsSpan(0, (int)cut)));
            (await store.DrawAsync()).ShouldBe("a;b 1", $"the log was cut at byte {cut}");
            store.Reports.ShouldContain(r => r.Kind == StorageReportKind.TornTail && r.Offset == last.Offset);
            new FileInfo(LogFile(store)).Length.ShouldBe(last.Offset);
            store.Reports.Clear();
        }
    }

    [Fact]
    public async Task Open_FrameDamagedInTheMiddle_ReportsItAndServesTheRest()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1, service: "one");
        await store.PutAsync("a;c 2", 2, service: "two");
        await store.PutAsync("a;d 4", 3, service: "three");
        var segments = store.Catalogue.Segments();
        await store.ReopenAsync(() =>
        {
            File.Delete(Manifest(store));
            Flip(LogFile(store), segments[1].Offset + 60);
        });
        (await store.DrawAsync()).ShouldBe("a;b 1 | a;d 4");
        store.Reports.ShouldContain(r => r.Kind == StorageReportKind.Damage && r.Offset == segments[1].Offset);
    }

    [Fact]
    public async Task Read_SectionDamaged_NamesFileAndByteAndServesTheRest()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1, service: "one");
        await store.PutAsync("a;c 2", 2, service: "two");
        var samples = store.Catalogue.Segments()[0].Datasets[0][SectionKind.Samples];
        var log = store.Catalogue.Segments()[0].ObjectKey;
        await store.ReopenAsync(() => Flip(LogFile(store), samples.Offset));
        (await store.DrawAsync()).ShouldBe("a;c 2");
        var report = store.Reports.ShouldHaveSingleItem();
        report.ShouldSatisfyAllConditions(
            r => r.Kind.ShouldBe(StorageReportKind.Damage),
            r => r.ObjectKey.ShouldBe(log),
            r => r.Offset.ShouldBe(samples.Offset),
            r => r.Message.ShouldContain("checksum"));
    }

    [Fact]
    public async Task Open_OtherFilesBesideTheLogs_AreLeftAlone()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1);
        var note = Path.Combine(store.Root, "log", "notes.txt");
        await store.ReopenAsync(() =>
        {
            File.WriteAllText(note, "do not cut me");
            File.Copy(LogFile(store), LogFile(store) + ".bak");
            File.Delete(Manifest(store));
        });
        (await store.DrawAsync()).ShouldBe("a;b 1");
        File.ReadAllText(note).ShouldBe("do not cut me");
    }

    [Fact]
    public async Task Open_FrameOfANewerVersion_RefusesInsteadOfCutting()
    {
        await using var store = await TestStore.OpenAsync();
        await store.PutAsync("a;b 1", 1);
        var length = 0L;
        var error = await Should.ThrowAsync<ObjectDamagedException>(() => store.ReopenAsync(() =>
        {
            File.Delete(Manifest(store));
            var bytes = File.ReadAllBytes(LogFile(store));
            length = bytes.Length;
            bytes[7] = 9;
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(28), Crc32C.Of(bytes.AsSpan(0, 28)));
            File.WriteAllBytes(LogFile(store), bytes);
        }));
        error.Message.ShouldContain("version 9");
        new FileInfo(LogFile(store)).Length.ShouldBe(length);
    }

    [Fact]
    public async Task Open_RandomDamage_NeverThrowsAndNeverInvents()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        for (var round = 0; round < 60; round++)
        {
            await using var store = await TestStore.OpenAsync();
            for (var i = 0; i < 6; i++) await store.PutAsync($"a;b 1 | a;x{i} 2", i, service: $"s{i % 3}");
            await store.ReopenAsync(() =>
            {
                var file = random.Next(2) == 0 ? LogFile(store) : Manifest(store);
                var bytes = File.ReadAllBytes(file);
                for (var n = random.Next(1, 4); n > 0; n--) bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(file, bytes);
            });
            var drawn = await store.DrawAsync();
            foreach (var stack in drawn.Split(" | ", StringSplitOptions.RemoveEmptyEntries))
                stack.ShouldMatch("^a;(b [1-6]|x[0-5] 2)$", $"seed {Seed}, round {round}: {drawn}");
        }
    }

    private static async Task<string> StopAndNameAsync(TestStore store)
    {
        var name = LogFile(store);
        await store.ReopenAsync();
        return name;
    }

    private static void ResetLogs(TestStore store, ReadOnlySpan<byte> bytes)
    {
        foreach (var file in Directory.GetFiles(Path.Combine(store.Root, "log")).Order(StringComparer.Ordinal).Skip(1)) File.Delete(file);
        File.WriteAllBytes(LogFile(store), bytes);
        File.Delete(Manifest(store));
    }

    private static void Truncate(string file, long length)
    {
        using var stream = File.OpenWrite(file);
        stream.SetLength(length);
    }

    private static void Flip(string file, long offset)
    {
        using var stream = File.Open(file, FileMode.Open);
        stream.Position = offset;
        var value = stream.ReadByte();
        stream.Position = offset;
        stream.WriteByte((byte)(value ^ 0x10));
    }
}
