using Microsoft.Win32.SafeHandles;

namespace Kagari.Storage;

/// <summary>A file that is appended to by position, so that a failed write never leaves a gap behind a later one.</summary>
internal sealed class LocalAppendObject : IAppendObject
{
    private readonly SafeFileHandle _file;

    public LocalAppendObject(string key, string path, FileMode mode)
    {
        Key = key;
        _file = File.OpenHandle(path, mode, FileAccess.ReadWrite, FileShare.Read);
        Length = RandomAccess.GetLength(_file);
    }

    public string Key { get; }

    public long Length { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file, bytes, Length);
        Length += bytes.Length;
    }

    public void Sync() => LocalDisk.SyncData(_file);

    public void Dispose() => _file.Dispose();
}
