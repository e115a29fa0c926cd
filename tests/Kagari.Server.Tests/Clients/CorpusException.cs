using System.Net;

namespace Kagari.Server.Tests.Clients;

/// <summary>A file of the corpus that does not come back as it was sent.</summary>
/// <param name="Status">The answer to its push.</param>
/// <param name="Why">What about it is special.</param>
internal sealed record CorpusException(HttpStatusCode Status, string Why)
{
    /// <summary>All of them, by file. Whoever adds a line must say why the server is right.</summary>
    public static IReadOnlyDictionary<string, CorpusException> ByFile { get; } = new Dictionary<string, CorpusException>(StringComparer.Ordinal)
    {
        ["parca-normalizer_profile.pb"] = new(HttpStatusCode.BadRequest, "Its only sample type has neither name nor unit, so its values would be of no profile type."),
        ["parca-query_alloc_space_delta.pb"] = new(HttpStatusCode.OK, "A difference of two heap profiles: samples with a negative value are dropped and counted."),
    };
}
