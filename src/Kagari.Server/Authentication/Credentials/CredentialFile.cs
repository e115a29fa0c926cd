using System.Diagnostics.CodeAnalysis;
using Kagari.Server.Configuration;
using YamlDotNet.RepresentationModel;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>Reads the file of credentials. Errors name line and key, and never a secret.</summary>
internal sealed class CredentialFile
{
    private static readonly string[] Sections = ["tokens", "users", "certificates"];

    private readonly string _file;
    private readonly Findings _findings;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    private CredentialFile(string file, Findings findings) => (_file, _findings) = (file, findings);

    /// <summary>Reads a text.</summary>
    /// <exception cref="ConfigurationException">It cannot be used; it says all that is wrong.</exception>
    public static CredentialSet Parse(string text, string file)
    {
        var findings = new Findings();
        if (!YamlText.TryParse(text, out var root, out var error)) findings.Error($"{file}: {error}");
        findings.ThrowIfAny();
        var set = new CredentialFile(file, findings).Read(root!);
        findings.ThrowIfAny();
        return set;
    }

    private CredentialSet Read(YamlNode root)
    {
        var tokens = new List<CredentialSet.TokenEntry>();
        var users = new List<CredentialSet.UserEntry>();
        var certificates = new List<CredentialSet.CertificateEntry>();
        if (!YamlText.IsNull(root) && root is not YamlMappingNode) Error(root, "the file must be a section with keys");
        if (root is not YamlMappingNode mapping) return new CredentialSet([], [], []);
        foreach (var (key, value) in mapping.Children)
        {
            var name = (key as YamlScalarNode)?.Value ?? "";
            if (!Sections.Contains(name)) Error(key, $"unknown key '{name}'; the nearest known key is '{NearestName.Of(name, Sections)}'");
            else if (value is not YamlSequenceNode list)
            {
                if (!YamlText.IsNull(value)) Error(value, $"'{name}' must be a list");
            }
            else
                foreach (var entry in list)
                    switch (name)
                    {
                        case "tokens": ReadToken(entry, tokens); break;
                        case "users": ReadUser(entry, users); break;
                        default: ReadCertificate(entry, certificates); break;
                    }
        }
        return new CredentialSet(tokens, users, certificates);
    }

    private void ReadToken(YamlNode node, List<CredentialSet.TokenEntry> tokens)
    {
        if (!TryRead(node, "token", "sha256", out var entry)) return;
        const int DigestBytes = 32;
        var digest = new byte[DigestBytes];
        if (entry.Secret.Length != 2 * DigestBytes || Convert.FromHexString(entry.Secret, digest, out _, out _) != System.Buffers.OperationStatus.Done)
            Error(node, $"token '{entry.Identity.Name}': sha256 is no SHA-256 in hexadecimal digits; 'kagari auth token' makes it");
        else if (tokens.Find(t => t.Digest.AsSpan().SequenceEqual(digest)) is { } other)
            Error(node, $"tokens '{other.Identity.Name}' and '{entry.Identity.Name}' are the same");
        else tokens.Add(new CredentialSet.TokenEntry(entry.Identity, digest));
    }

    private void ReadUser(YamlNode node, List<CredentialSet.UserEntry> users)
    {
        if (!TryRead(node, "user", "password", out var entry)) return;
        if (entry.Identity.Name.Contains(':')) Error(node, $"user '{entry.Identity.Name}': names of users cannot hold ':', which ends them in requests");
        else if (!PasswordHash.TryParse(entry.Secret, out var hash, out var error)) Error(node, $"user '{entry.Identity.Name}': password {error}");
        else users.Add(new CredentialSet.UserEntry(entry.Identity, hash));
    }

    private void ReadCertificate(YamlNode node, List<CredentialSet.CertificateEntry> certificates)
    {
        if (!TryRead(node, "certificate", "subject", out var entry)) return;
        if (certificates.Exists(c => string.Equals(c.Subject, entry.Secret, StringComparison.OrdinalIgnoreCase)))
            Error(node, $"certificate '{entry.Identity.Name}': subject '{entry.Secret}' is named twice");
        else certificates.Add(new CredentialSet.CertificateEntry(entry.Identity, entry.Secret));
    }

    /// <summary>What all entries have: a name, scopes, tenants, and one key of their kind.</summary>
    private bool TryRead(YamlNode node, string what, string secretKey, [NotNullWhen(true)] out Entry? entry)
    {
        entry = null;
        var before = _findings.Errors.Count;
        if (node is not YamlMappingNode mapping)
        {
            Error(node, $"a {what} must be a section with keys");
            return false;
        }
        string[] keys = ["name", secretKey, "scopes", "tenants"];
        foreach (var key in mapping.Children.Keys)
            if (key is not YamlScalarNode { Value: { } known } || !keys.Contains(known)) Error(key, $"unknown key '{key}' of a {what}; the nearest known key is '{NearestName.Of(key.ToString(), keys)}'");
        var name = Text(mapping, "name");
        var title = name.Length > 0 ? $"{what} '{name}'" : $"the {what}";
        if (name.Length == 0) Error(node, $"{title} has no name");
        else if (!_names.TryAdd(name, (int)node.Start.Line)) Error(node, $"{title}: the name stands in line {_names[name]} too");
        var secret = Text(mapping, secretKey);
        if (secret.Length == 0) Error(node, $"{title} has no {secretKey}");
        var scopes = ReadScopes(mapping, node, title);
        var tenants = Texts(mapping, "tenants", node, title);
        foreach (var tenant in tenants)
            if (TenantSet.Check(tenant) is { } error) Error(node, $"{title}: {error}");
        if (_findings.Errors.Count == before) entry = new Entry(new Identity(name, scopes, new TenantSet(tenants)), secret);
        return entry is not null;
    }

    private Scopes ReadScopes(YamlMappingNode mapping, YamlNode node, string title)
    {
        var scopes = Scopes.None;
        foreach (var text in Texts(mapping, "scopes", node, title))
        {
            if (ScopeNames.TryParse(text, out var scope)) scopes |= scope;
            else Error(node, $"{title}: scope '{text}' is not known; known: {ScopeNames.Known}");
        }
        return scopes;
    }

    private List<string> Texts(YamlMappingNode mapping, string key, YamlNode node, string title)
    {
        var texts = (Child(mapping, key) as YamlSequenceNode)?.Select(n => (n as YamlScalarNode)?.Value ?? "").ToList() ?? [];
        if (texts.Count == 0) Error(node, $"{title}: {key} must be a list with at least one entry");
        return texts;
    }

    private static string Text(YamlMappingNode mapping, string key) => (Child(mapping, key) as YamlScalarNode)?.Value ?? "";

    private static YamlNode? Child(YamlMappingNode mapping, string key) => mapping.Children.TryGetValue(new YamlScalarNode(key), out var child) ? child : null;

    private void Error(YamlNode node, string message) => _findings.Error($"{_file}:{node.Start.Line}: {message}");

    private sealed record Entry(Identity Identity, string Secret);
}
