using System.Globalization;
using Kagari.Workload;

// A program to be profiled. It says "ready", waits for a line, does everything once, says "done" and waits for another.
// Its first argument is how long the calculation lasts, in milliseconds.
var duration = TimeSpan.FromMilliseconds(args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1500);
Console.WriteLine("ready");
Console.ReadLine();
Calculation.Run(duration);
var allocated = Allocations.Run();
Locks.Run();
var caught = Failures.Run();
await Async.RunAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"done {allocated} {caught}"));
Console.ReadLine();
