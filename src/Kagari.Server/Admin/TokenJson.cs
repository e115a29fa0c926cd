using System.Text.Json;
using Kagari.Server.Authentication;

namespace Kagari.Server.Admin;

/// <summary>Who has credentials, and for what. Never a secret, nor a hash of one.</summary>
internal static class TokenJson
{
    public static void Write(Utf8JsonWriter json, AdminScope scope, AuthenticationOptions options, Authenticator? authenticator)
    {
        json.WriteBoolean("enabled"u8, authenticator is not null);
        json.WriteString("issuer"u8, options.Oidc.Issuer.Length > 0 ? options.Oidc.Issuer : null);
        json.WriteStartArray("credentials"u8);
        foreach (var (kind, identity) in authenticator?.Listed ?? [])
        {
            // Whoever may see a tenant sees who else may, but not what else those may see.
            var tenants = identity.Tenants.Names.Where(t => t == TenantSet.Any || scope.Sees(t)).ToList();
            if (tenants.Count == 0 && !scope.IsAll) continue;
            json.WriteStartObject();
            json.WriteString("name"u8, identity.Name);
            json.WriteString("kind"u8, kind);
            json.WriteStartArray("scopes"u8);
            foreach (var scopeName in ScopeNames.Of(identity.Scopes)) json.WriteStringValue(scopeName);
            json.WriteEndArray();
            json.WriteStartArray("tenants"u8);
            foreach (var tenant in tenants) json.WriteStringValue(tenant);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
