using Kagari.Profiles;

namespace Kagari.Storage.Tests.Datasets;

/// <summary>A <see cref="DatasetWriter"/> and its plain twin, which are told the same and have to write the same bytes.</summary>
internal sealed class WriterTwins : IDisposable
{
    private readonly AppendScratchPool _scratches;
    private readonly SegmentBuilder _segment = new(), _plainSegment = new();
    private DatasetWriter _writer;
    private PlainWriter _plain;
    private int _generation;

    public WriterTwins(AppendScratchPool scratches)
    {
        _scratches = scratches;
        Replace();
    }

    public void Append(FlatProfile profile, ReadOnlySpan<ProfileRow> rows, long timeNanos)
    {
        _writer.BeginProfile(profile);
        foreach (ref readonly var row in rows) _writer.Append(profile, row, timeNanos, (ulong)timeNanos);
        _writer.EndProfile();
        foreach (ref readonly var row in rows) _plain.Append(profile, row, timeNanos, (ulong)timeNanos);
    }

    /// <summary>
    /// A profile of whose rows the last fails in the middle. The ingester takes such a writer out of use, since it may
    /// hold half a row.
    /// </summary>
    public void AppendFailing(FlatProfile profile, ReadOnlySpan<ProfileRow> rows, long timeNanos)
    {
        var failing = rows.ToArray();
        // The last sample is one that the profile does not have.
        failing[^1] = failing[^1] with { Samples = (int[])[.. failing[^1].Samples.Span, profile.Samples.Count] };
        _writer.BeginProfile(profile);
        Should.Throw<Exception>(() =>
        {
            foreach (ref readonly var row in failing.AsSpan()) _writer.Append(profile, row, timeNanos, 0);
        });
        Replace();
    }

    /// <summary>Both write a segment of what waits; false where it differs.</summary>
    public bool Encode(bool durable)
    {
        if (!_writer.HasPending) return true;
        _segment.Clear();
        _plainSegment.Clear();
        var marks = _writer.Encode(_segment);
        _plain.Encode(_plainSegment, durable);
        if (durable) _writer.Commit(marks);
        else
        {
            _writer.RestartChain(++_generation);
            _plain.RestartChain(_generation);
        }
        return _segment.Finish().SequenceEqual(_plainSegment.Finish());
    }

    /// <summary>A new log file, or an eviction.</summary>
    public void StartAnew(bool evicted)
    {
        if (_writer.HasPending) return;
        if (evicted)
        {
            Replace();
            return;
        }
        _writer.StartChain(++_generation);
        _plain.StartChain(_generation);
    }

    public void Dispose()
    {
        _segment.Dispose();
        _plainSegment.Dispose();
    }

    [System.Diagnostics.CodeAnalysis.MemberNotNull(nameof(_writer), nameof(_plain))]
    private void Replace()
    {
        _writer = new DatasetWriter("t", "s", _scratches);
        _plain = new PlainWriter("t", "s");
        _writer.StartChain(++_generation);
        _plain.StartChain(_generation);
    }
}
