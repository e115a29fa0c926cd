using Kagari.Bench.BlackBox;
using Kagari.Bench.Compacting;
using Kagari.Bench.Exporting;
using Kagari.Bench.Harness;
using Kagari.Bench.Labelling;
using Kagari.Bench.Overhead;
using Kagari.Bench.Parsing;
using Kagari.Bench.Writing;

// Usage: bench [parse|nettrace|labels|overhead|write|export|compact|linear|month|start|pushes|blackbox] [--tiny]. Without a name all run. --tiny only shows that they work.
var tiny = args.Contains("--tiny");
var names = args.Where(a => !a.StartsWith('-')).ToList();
bool Wanted(string name) => names.Count == 0 || names.Contains(name);
var report = new Report();
if (Wanted("parse"))
{
    report.Section("parsing pprof (the library under the runtime's defaults, warm; the shipped server has dynamic PGO off and is about 12 % slower here)");
    PprofReaderBench.Run(tiny, report);
}
if (Wanted("nettrace"))
{
    report.Section("reading traces of the .NET runtime (same)");
    NetTraceBench.Run(tiny, report);
}
if (Wanted("labels"))
{
    report.Section("labels of the .NET SDK (same)");
    LabelsBench.Run(tiny, report);
}
if (names.Contains("start") || Wanted("overhead"))
{
    report.Section("what the .NET SDK costs a web application (a process of its own, the runtime's defaults)");
    await OverheadBench.RunAsync(tiny, onlyStart: !Wanted("overhead"), report);
}
if (Wanted("write"))
{
    report.Section("write path (same)");
    await WritePathBench.RunAsync(tiny, report);
}
if (Wanted("export"))
{
    report.Section("export of every sample (same)");
    await ExportBench.RunAsync(tiny, report);
}
List<string> storage = ["compact", "linear", "month"];
storage.RemoveAll(name => !Wanted(name));
if (storage.Count > 0 && !ShippedRuntime.IsHere) await ShippedRuntime.RunAsync(storage, tiny);
else
{
    if (Wanted("compact"))
    {
        report.Section("compaction: one hour of real profiles through all levels (runtime settings of the shipped server)");
        await CompactionBench.RunAsync(tiny, report);
    }
    if (Wanted("linear"))
    {
        report.Section("data doubled four times: what a sample costs");
        await LinearBench.RunAsync(tiny, report);
    }
    if (Wanted("month"))
    {
        report.Section("a month of many services");
        await MonthBench.RunAsync(tiny, report);
    }
}
if (names.Contains("pushes"))
{
    report.Section("the pushes of blackbox alone");
    await BlackBoxBench.RunAsync(tiny, onlyPushes: true, report);
}
if (Wanted("blackbox"))
{
    report.Section("black box over HTTP (the shipped executable, from a cold start)");
    await BlackBoxBench.RunAsync(tiny, onlyPushes: false, report);
}
var isKnown = report.Any || storage.Count > 0;
if (!isKnown) Console.Error.WriteLine("bench: no such benchmark; there are parse, nettrace, labels, overhead, write, export, compact, linear, month, start, pushes, blackbox");
return isKnown ? 0 : 2;
