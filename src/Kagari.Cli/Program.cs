using Kagari.Cli;
using Kagari.Cli.Terminal;

return await CommandLine.RunAsync(args, CliContext.OfProcess(), CancellationToken.None);
