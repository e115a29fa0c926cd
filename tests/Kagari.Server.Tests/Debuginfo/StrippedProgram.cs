using System.Globalization;
using System.Text.RegularExpressions;
using Kagari.Server.Tests.Clients;
using Kagari.Testing;

namespace Kagari.Server.Tests.Debuginfo;

/// <summary>A C program with an inlined call, as a distribution ships it: stripped, its debug information in a file of its own.</summary>
/// <param name="BuildId">Its GNU build id.</param>
/// <param name="DebugFile">The ELF file with the debug information.</param>
/// <param name="Inlined">An address, in the file, of code that was inlined into <c>work</c>.</param>
/// <param name="InlinedLine">The line of that code.</param>
/// <param name="CallLine">The line in <c>work</c> that it was inlined at.</param>
/// <param name="Main">An address of <c>main</c>.</param>
/// <param name="TextOffset">Place in the file of the segment with the code.</param>
/// <param name="TextAddress">The address in the file of that segment.</param>
internal sealed partial record StrippedProgram(
    string BuildId, byte[] DebugFile, ulong Inlined, int InlinedLine, int CallLine, ulong Main, ulong TextOffset, ulong TextAddress)
{
    private const string Source = """
        #include <stdio.h>
        volatile long sink;
        static inline __attribute__((always_inline)) void inner(long n) {
          for (long i = 0; i < n; i++)
            sink += i * sink;
        }
        __attribute__((noinline)) void work(long n) {
          inner(n);
          sink++;
        }
        int main(void) {
          work(1000);
          printf("%ld\n", sink);
          return 0;
        }
        """;

    /// <summary>Compiles it; null where the tools are missing, which skips the test.</summary>
    public static async Task<StrippedProgram> BuildAsync(TemporaryDirectory folder)
    {
        string In(string name) => Path.Combine(folder.Path, name);
        async Task<string> RunAsync(string command, params string[] arguments)
        {
            var (status, output) = await ExternalTool.RunAsync(command, arguments);
            status.ShouldBe(0, $"{command}: {output}");
            return output;
        }
        await File.WriteAllTextAsync(In("work.c"), Source);
        await RunAsync("gcc", "-g", "-O2", "-Wl,--build-id", "-o", In("work"), In("work.c"));
        await RunAsync("objcopy", "--only-keep-debug", In("work"), In("work.debug"));
        await RunAsync("strip", In("work"));
        (await RunAsync("nm", "-a", In("work"))).ShouldContain("no symbols");

        var buildId = BuildIdLine().Match(await RunAsync("readelf", "-n", In("work"))).Groups[1].Value;
        var text = TextSegment().Match(await RunAsync("readelf", "-lW", In("work")));
        // addr2line of binutils is the oracle for which addresses are inlined code.
        var symbols = (await RunAsync("nm", "-S", In("work.debug"))).Split('\n');
        ulong Hex(string number) => ulong.Parse(number, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        (ulong Start, ulong Size) Of(string name) => symbols.Single(s => s.EndsWith($" {name}", StringComparison.Ordinal)).Split(' ') is var parts ? (Hex(parts[0]), Hex(parts[1])) : default;
        var (start, size) = Of("work");
        for (var address = start; address < start + size; address++)
        {
            var lines = (await RunAsync("addr2line", "-f", "-i", "-e", In("work.debug"), $"{address:x}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            if (lines.Length != 4 || lines[0] != "inner" || lines[2] != "work" || !lines[1].EndsWith("work.c:5", StringComparison.Ordinal)) continue;
            return new StrippedProgram(
                buildId, await File.ReadAllBytesAsync(In("work.debug")), address, LineOf(lines[1]), LineOf(lines[3]), Of("main").Start,
                Hex(text.Groups[1].Value), Hex(text.Groups[2].Value));
        }
        throw new InvalidOperationException("The compiler inlined nothing into 'work'.");
    }

    private static int LineOf(string line) => int.Parse(LineNumber().Match(line).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@":(\d+)")]
    private static partial Regex LineNumber();

    [GeneratedRegex("Build ID: ([0-9a-f]+)")]
    private static partial Regex BuildIdLine();

    [GeneratedRegex(@"LOAD +0x([0-9a-f]+) 0x([0-9a-f]+) .* R E ")]
    private static partial Regex TextSegment();
}
