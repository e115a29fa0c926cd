using System.Text;

namespace Kagari.Profiles;

/// <summary>Decodes the text that <c>perf script</c> prints with its default fields, or with any that keep pid, time and event.</summary>
/// <remarks>
/// Format: docs/formats/perf-script.md.
/// <code>
/// java thread 1234/1240 [002] 27198.059160:  333444 cpu-clock:ppp:     command, pid, CPU, time, period, event
///         ffffffff81689621 schedule+0x11 ([kernel.kallsyms])           address, symbol + offset, binary; leaf first
///                    623e work (inlined)
///                                                                      an empty line ends the sample
/// </code>
/// The command becomes the root of its stacks, as everybody's scripts do. Frames without symbol keep address and binary.
/// Total: any bytes give profiles or an error that names the line. Safe to call from several threads.
/// </remarks>
public static class PerfScriptReader
{
    /// <summary>How many events a recording may have: each is a profile of its own.</summary>
    private const int EventsMax = 64;

    /// <summary>Whether these bytes look like such a text: the first line that is no comment is the head of a sample.</summary>
    public static bool IsPerfScript(ReadOnlySpan<byte> bytes)
    {
        var lines = new TextLines(bytes);
        while (lines.Next(out var line))
            if (!IsSkipped(line)) return PerfScriptHead.TryParse(line, out _);
        return false;
    }

    /// <summary>Decodes a text.</summary>
    /// <param name="input">The text.</param>
    /// <param name="limits">Deeper stacks lose leaf frames, longer names their head; the other bounds refuse.</param>
    /// <param name="events">A profile for each event, in the order of their first samples; the time stays 0, because the text has none of the world.</param>
    /// <param name="error">Names the line, counted from 1.</param>
    public static bool TryRead(ReadOnlySpan<byte> input, DecodeLimits limits, out IReadOnlyList<PerfScriptEvent> events, out ProfileError error)
    {
        var builders = new List<PerfScriptBuilder>();
        events = [];
        var lines = new TextLines(input);
        PerfScriptBuilder? current = null;
        while (lines.Next(out var line))
        {
            if (line.IsEmpty) current = End(current);
            else if (IsSkipped(line)) continue;
            else if (line[0] is (byte)' ' or (byte)'\t' && current is not null)
            {
                if (!current.TryAddFrame(line.Trim(" \t"u8)))
                {
                    error = Broken(lines.Number, "no frame: expected an address, a symbol and a binary in brackets", line);
                    return false;
                }
            }
            else
            {
                End(current);
                if (!PerfScriptHead.TryParse(line, out var head))
                {
                    error = Broken(lines.Number, "no head of a sample: expected command, pid, time and event", line);
                    return false;
                }
                var name = Encoding.UTF8.GetString(line[head.Event]);
                current = builders.Find(b => b.Name == name);
                if (current is null)
                {
                    if (builders.Count == EventsMax)
                    {
                        error = ProfileError.Malformed($"perf script: more than {EventsMax} different events");
                        return false;
                    }
                    builders.Add(current = new PerfScriptBuilder(name, limits));
                }
                current.Begin(line[head.Command], head.Period, head.Nanos);
            }
        }
        End(current);
        var done = new List<PerfScriptEvent>();
        foreach (var builder in builders)
        {
            if (!builder.TryFinish(out var profile, out error)) return false;
            done.Add(new PerfScriptEvent(builder.Name, profile));
        }
        events = done;
        error = done.Count == 0 ? ProfileError.Malformed("perf script: there is no sample") : ProfileError.None;
        return !error.IsError;

        static PerfScriptBuilder? End(PerfScriptBuilder? builder)
        {
            builder?.End();
            return null;
        }
    }

    private static bool IsSkipped(ReadOnlySpan<byte> line) => line.IsEmpty || line[0] == '#';

    private static ProfileError Broken(int line, string what, ReadOnlySpan<byte> text) =>
        ProfileError.Malformed($"perf script: line {line} is {what}; it is '{Encoding.UTF8.GetString(text[..Math.Min(text.Length, 60)])}'");
}
