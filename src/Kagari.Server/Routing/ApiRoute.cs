using Kagari.Server.Authentication.Enforcement;

namespace Kagari.Server.Routing;

/// <summary>One row of the table of routes.</summary>
/// <param name="Section">Heading of the guide.</param>
/// <param name="Method"><c>GET</c>, <c>POST</c>, or <c>RPC</c>: a unary call by Connect, gRPC or gRPC-Web.</param>
/// <param name="Path">The path, without the prefix of the server.</param>
/// <param name="Access">Who may call it where authentication is on.</param>
/// <param name="Summary">What it does, in a sentence.</param>
/// <param name="Statuses">Its statuses beside those that every route has.</param>
internal sealed record ApiRoute(string Section, string Method, string Path, Access Access, string Summary, params int[] Statuses)
{
    /// <summary>A unary call: other methods are 405, other content types 415, what is no message 400.</summary>
    public const string Rpc = "RPC";
}
