using Kagari.Server.Hosting;

namespace Kagari.Server.Configuration;

/// <summary>What the sources of settings ask for.</summary>
/// <param name="Options">The settings.</param>
/// <param name="Notices">What the log should say about them: one sentence each, with the place.</param>
/// <param name="Answer">Where the command line asks a question (<c>-help</c>, <c>-version</c>, <c>-modules</c>): the answer to print instead of starting.</param>
public sealed record LoadedConfiguration(ServerOptions Options, IReadOnlyList<string> Notices, string? Answer);
