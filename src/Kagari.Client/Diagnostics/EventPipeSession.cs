using System.Diagnostics;
using Kagari.Profiles;

namespace Kagari.Client.Diagnostics;

/// <summary>A session with the runtime, and the thread that reads its events.</summary>
/// <remarks>The handler is called on that thread, under <see cref="Gate"/>: who holds it sees whole blocks of events.</remarks>
internal sealed class EventPipeSession : IDisposable
{
    /// <summary>Most memory that the runtime takes for a session as it needs it: half a second of 18,000 allocations a second. Events beyond are lost and counted.</summary>
    private const int BufferMegabytes = 8;

    private const int ReadBytes = 64 << 10;

    private const int StackBytes = 256 << 10;

    private readonly string _port;
    private readonly Stream _stream;
    private readonly ulong _number;
    private readonly NetTraceReader _reader;
    private readonly Thread _thread;
    private readonly ProfilerThreads _threads;
    private bool _isStopped;

    private EventPipeSession(string port, Stream stream, ulong number, INetTraceHandler handler, Lock gate, ProfilerThreads threads, string name)
    {
        (_port, _stream, _number, _threads, Gate) = (port, stream, number, threads, gate);
        _reader = new NetTraceReader(handler);
        _thread = new Thread(Read, StackBytes) { IsBackground = true, Name = $"kagari {name}" };
        _thread.UnsafeStart();
    }

    /// <summary>Held while the handler is called.</summary>
    public Lock Gate { get; }

    /// <summary>Events that the runtime dropped because its buffers were full.</summary>
    public long LostEvents => _reader.LostEvents;

    /// <summary>What ended the session, where it was not asked to end.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts a session.</summary>
    /// <param name="port">Address of the runtime's port.</param>
    /// <param name="name">What it is for: the name of its thread.</param>
    /// <param name="handler">Takes the events.</param>
    /// <param name="gate">Held while the handler is called.</param>
    /// <param name="threads">Gets to know the thread.</param>
    /// <param name="withStacks">Whether events come with stacks.</param>
    /// <param name="rundownKeywords">What is told at the end about what was there before; 0: nothing.</param>
    /// <param name="providers">Which events.</param>
    /// <exception cref="IOException">The runtime refuses, or cannot be reached.</exception>
    public static EventPipeSession Start(
        string port, string name, INetTraceHandler handler, Lock gate, ProfilerThreads threads, bool withStacks, ulong rundownKeywords, params ReadOnlySpan<EventPipeProvider> providers)
    {
        var stream = DiagnosticPort.Connect(port);
        try
        {
            var number = DiagnosticCommand.Collect(stream, BufferMegabytes, rundownKeywords, withStacks, providers);
            return new EventPipeSession(port, stream, number, handler, gate, threads, name);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Ends the session; all its events have been handed on afterwards. Takes about 100 ms, in which the runtime writes what it holds.</summary>
    public void Dispose()
    {
        if (_isStopped) return;
        _isStopped = true;
        try
        {
            using var stop = DiagnosticPort.Connect(_port);
            DiagnosticCommand.Stop(stop, _number);
        }
        catch (Exception e)
        {
            // The stream is closed below: the runtime ends a session whose reader is gone.
            Failure ??= e.Message;
            _stream.Dispose();
        }
        _thread.Join();
        _stream.Dispose();
    }

    private void Read()
    {
        _threads.Enter();
        try
        {
            var buffer = new byte[ReadBytes];
            int count;
            while ((count = _stream.Read(buffer)) > 0)
            {
                lock (Gate)
                {
                    if (_reader.TryRead(buffer.AsSpan(0, count), out var error)) continue;
                    Failure = $"the runtime's events cannot be read on: {error.Message}";
                    break;
                }
            }
            if (!_reader.IsComplete) Failure ??= "the runtime ended the session";
        }
        catch (Exception e)
        {
            // A closed stream, mostly. But nothing of ours may end the program.
            Failure ??= e.Message;
        }
        finally
        {
            _threads.Leave();
        }
        Debug.Assert(_isStopped || Failure is not null, "BUG: a session ended and nobody knows why");
    }
}
