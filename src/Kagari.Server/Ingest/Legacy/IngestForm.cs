using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Kagari.Server.Ingest.Legacy;

/// <summary>The parts of a <c>multipart/form-data</c> body, as ranges of it; names that appear twice keep their first part.</summary>
internal sealed class IngestForm
{
    private readonly Dictionary<string, byte[]> _parts = new(StringComparer.Ordinal);

    /// <summary>A part's content; empty where there is none.</summary>
    public ReadOnlyMemory<byte> this[string name] => _parts.GetValueOrDefault(name) ?? default(ReadOnlyMemory<byte>);

    /// <summary>Whether the part was sent.</summary>
    public bool Has(string name) => _parts.ContainsKey(name);

    /// <exception cref="InvalidDataException">The body is no such form.</exception>
    public static async Task<IngestForm> ReadAsync(string contentType, Stream body, CancellationToken cancellation)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
            throw new InvalidDataException("the content type multipart/form-data names no boundary");
        var form = new IngestForm();
        var reader = new MultipartReader(boundary.ToString(), body) { BodyLengthLimit = null };
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.GetContentDispositionHeader() is not { } disposition) continue;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content, cancellation);
                form._parts.TryAdd(name, content.ToArray());
            }
        }
        catch (IOException e)
        {
            throw new InvalidDataException($"the multipart form ends early or is malformed: {e.Message}", e);
        }
        return form;
    }
}
