using Kagari.Client;
using Kagari.Client.Scenarios;

// Kagari.Client.Scenarios SCENARIO FOLDER [CPU SOURCE]
var scenario = args[0];
var run = new Run(args[1], args.Length > 2 ? Enum.Parse<CpuSource>(args[2]) : CpuSource.Auto);
switch (scenario)
{
    case "split": Cpu.Split(run); break;
    case "kernel": Cpu.Kernel(run); break;
    case "idle": Cpu.Idle(run); break;
    case "later": Cpu.LaterThreads(run); break;
    case "short": Cpu.ShortThreads(run); break;
    case "wall": Cpu.Wall(run); break;
    case "allocations": Allocations.All(run); break;
    case "locks": Locks.All(run); break;
    case "exceptions": Exceptions.All(run); break;
    case "slowed": Exceptions.Slowed(run); break;
    case "exit": Exceptions.Exit(run); break;
    case "flood": Exceptions.Flood(run); break;
    case "collections": Allocations.Collections(run); break;
    case "requests": await Requests.AllAsync(run); break;
    case "hostile": Requests.HostileListener(run); break;
    case "names": await Names.AllAsync(run); break;
    case "lines": await Lines.AllAsync(run); break;
    case "switching": Switching.Kinds(run); break;
    case "cycles": Switching.Cycles(run); break;
    case "coexistence": Switching.Coexistence(run); break;
    case "disabled": Switching.Disabled(run); break;
    default: throw new InvalidOperationException($"There is no scenario '{scenario}'.");
}
