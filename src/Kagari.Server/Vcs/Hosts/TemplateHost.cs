using Kagari.Server.Rpc;
using Kagari.Wire.Vcs;

namespace Kagari.Server.Vcs.Hosts;

/// <summary>Any host that gives a file under a plain address: <c>https://git.example/{repository}/raw/{ref}/{path}</c>.</summary>
/// <remarks>The operator writes the address; what is put into it is escaped, so that it leads to no other host.</remarks>
internal sealed class TemplateHost(HostClient client, string template, string authorization) : ISourceHost
{
    /// <summary>What a template may hold.</summary>
    public static readonly string[] Places = ["{host}", "{owner}", "{name}", "{repository}", "{ref}", "{path}"];

    private static readonly string[] SecretNames = ["token=", "key=", "secret=", "password="];

    /// <summary>Why a template cannot be used; null where it can.</summary>
    public static string? Check(string template)
    {
        if (template.Length == 0) return null;
        if (!template.Contains("{path}", StringComparison.Ordinal)) return $"is '{template}', which has no {{path}}; expected an address such as https://git.example/{{repository}}/raw/{{ref}}/{{path}}";
        // A host that labels of profiles choose could be any server of the network.
        var start = template.IndexOf("://", StringComparison.Ordinal);
        var host = start < 0 ? "" : template[(start + 3)..].Split('/')[0];
        // The address of a file is shown to whoever reads it.
        if (host.Contains('@', StringComparison.Ordinal) || SecretNames.Any(n => template.Contains(n, StringComparison.OrdinalIgnoreCase)))
            return "holds credentials, which readers of files would see; they belong into vcs.raw_url_authorization";
        return template[..Math.Max(start, 0)] is "http" or "https" && host.Length > 0 && !host.Contains('{', StringComparison.Ordinal) ? null
            : $"is '{template}'; expected an address with http or https and a host that is written out";
    }

    public async Task<SourceFile?> FindFileAsync(RepositoryUrl repository, string reference, string path, CancellationToken cancellation)
    {
        var address = template
            .Replace("{host}", Uri.EscapeDataString(repository.Host), StringComparison.Ordinal)
            .Replace("{owner}", HostClient.Escape(repository.Owner), StringComparison.Ordinal)
            .Replace("{name}", Uri.EscapeDataString(repository.Name), StringComparison.Ordinal)
            .Replace("{repository}", HostClient.Escape(repository.Path), StringComparison.Ordinal)
            .Replace("{ref}", HostClient.Escape(reference), StringComparison.Ordinal)
            .Replace("{path}", HostClient.Escape(path), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (authorization.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await client.FindAsync(request, cancellation) is { } content ? new SourceFile(content, address) : null;
    }

    public Task<CommitInfo?> FindCommitAsync(RepositoryUrl repository, string reference, CancellationToken cancellation) =>
        throw new RpcException(RpcCode.Unimplemented, $"commits of {repository.Host} cannot be read: the setting vcs.raw_url_template leads to files only");
}
