using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Kagari.Profiles;

/// <summary>Decompresses gzip (RFC 1952) with any number of members; keeps its native state between calls.</summary>
/// <remarks>
/// Every member's checksum and length are verified and truncation is an error. Zero bytes of padding after the last
/// member are allowed, other trailing bytes are not. No garbage. Not thread safe; pool instances.
/// </remarks>
public sealed unsafe class Gunzip : IDisposable
{
    private ZLibNative.Stream* _stream;   // null once disposed
    private bool _started;

    /// <summary>A decompressor without state yet.</summary>
    public Gunzip() => _stream = (ZLibNative.Stream*)NativeMemory.AllocZeroed((nuint)sizeof(ZLibNative.Stream));

    /// <summary>Frees the native state where <see cref="Dispose"/> was forgotten.</summary>
    ~Gunzip() => Free();

    /// <summary>Whether these bytes start as gzip does.</summary>
    public static bool IsGzip(ReadOnlySpan<byte> bytes) => bytes.Length >= 2 && bytes[0] == 0x1f && bytes[1] == 0x8b;

    /// <summary>
    /// Appends the decompressed bytes to <paramref name="output"/>. More than <paramref name="bytesMax"/> of them
    /// (0 = no limit) is an error; memory grows with what was really decompressed, never with what a header claims.
    /// </summary>
    public bool TryDecompress(ReadOnlySpan<byte> input, ref FlatList<byte> output, long bytesMax, out ProfileError error)
    {
        var limit = bytesMax <= 0 ? Array.MaxLength : Math.Min(bytesMax, Array.MaxLength);
        if (!Start())
        {
            error = new ProfileError(ProfileErrorKind.Malformed, "zlib could not start: out of memory.");
            return false;
        }
        var origin = output.Count;
        // The last member's length field is a hint at the size: right for one member, small for several, a lie for hostile input.
        var hint = input.Length >= 18 ? BinaryPrimitives.ReadUInt32LittleEndian(input[^4..]) : 0;
        output.EnsureCapacity(origin + (int)Math.Min(Math.Min(hint, limit), Math.Min(64L * input.Length, 8 << 20)) + 64);

        fixed (byte* source = input)
        {
            var position = 0;
            while (true)
            {
                // One member per round.
                _stream->NextIn = source + position;
                _stream->AvailIn = (uint)(input.Length - position);
                int status;
                do
                {
                    // In large steps: the arrays that growing leaves behind cost more than pages that nobody touches.
                    if (output.Count == output.Capacity) output.EnsureCapacity((int)Math.Min(Math.Min(4L * output.Count, origin + limit + 1), Array.MaxLength));
                    // One byte beyond the limit tells that it is exceeded; more would only cost memory.
                    var room = (int)Math.Min(output.Capacity - output.Count, limit - (output.Count - origin) + 1);
                    var before = output.Count;
                    var free = output.Extend(room);
                    fixed (byte* target = free)
                    {
                        _stream->NextOut = target;
                        _stream->AvailOut = (uint)room;
                        status = ZLibNative.CompressionNative_Inflate(_stream, ZLibNative.Z_NO_FLUSH);
                    }
                    output.Truncate(before + room - (int)_stream->AvailOut);
                    if (output.Count - origin > limit)
                    {
                        error = new ProfileError(
                            ProfileErrorKind.TooLarge, $"uncompressed profile payload size exceeds limit of {ByteSize.Format(limit)}");
                        return false;
                    }
                }
                while (status == ZLibNative.Z_OK && (_stream->AvailIn > 0 || _stream->AvailOut == 0));
                position = input.Length - (int)_stream->AvailIn;

                if (status != ZLibNative.Z_STREAM_END)
                {
                    error = status is ZLibNative.Z_OK or ZLibNative.Z_BUF_ERROR
                        ? ProfileError.Malformed($"gzip: the data ends in the middle of a member, after {input.Length} bytes")
                        : ProfileError.Malformed($"gzip: corrupt data near byte {position}: {Message()}");
                    return false;
                }
                if (input[position..].IndexOfAnyExcept((byte)0) < 0) break;
                if (ZLibNative.CompressionNative_InflateReset2_(_stream, ZLibNative.GzipWindowBits) != ZLibNative.Z_OK)
                    throw new InvalidOperationException("BUG: zlib refused to reset a running stream.");
            }
        }
        error = ProfileError.None;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private bool Start()
    {
        ObjectDisposedException.ThrowIf(_stream is null, this);
        var status = _started
            ? ZLibNative.CompressionNative_InflateReset2_(_stream, ZLibNative.GzipWindowBits)
            : ZLibNative.CompressionNative_InflateInit2_(_stream, ZLibNative.GzipWindowBits);
        _started |= status == ZLibNative.Z_OK;
        return status == ZLibNative.Z_OK;
    }

    private string Message() =>
        _stream->Message is null ? "unknown error" : Marshal.PtrToStringUTF8((nint)_stream->Message) ?? "unknown error";

    private void Free()
    {
        if (_started) _ = ZLibNative.CompressionNative_InflateEnd(_stream);
        _started = false;
        NativeMemory.Free(_stream);
        _stream = null;
    }
}
