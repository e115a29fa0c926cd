using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Kagari.Server.Authentication.Credentials;

/// <summary>The names that an authority confirmed with a client's certificate.</summary>
internal static class CertificateNames
{
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6), Mail = new(TagClass.ContextSpecific, 1);

    /// <summary>Alternative names first: DNS, addresses, URIs (SPIFFE ids), mail. Then the common name.</summary>
    public static IEnumerable<string> Of(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>())
        {
            foreach (var name in extension.EnumerateDnsNames()) yield return name;
            foreach (var address in extension.EnumerateIPAddresses()) yield return address.ToString();
            foreach (var name in Texts(extension.RawData)) yield return name;
        }
        if (CommonName(certificate) is { } common) yield return common;
    }

    private static string? CommonName(X509Certificate2 certificate)
    {
        const string Oid = "2.5.4.3";
        foreach (var part in certificate.SubjectName.EnumerateRelativeDistinguishedNames())
            if (!part.HasMultipleElements && part.GetSingleElementType().Value == Oid) return part.GetSingleElementValue();
        return null;
    }

    private static List<string> Texts(byte[] alternativeNames)
    {
        var texts = new List<string>();
        try
        {
            var names = new AsnReader(alternativeNames, AsnEncodingRules.DER).ReadSequence();
            while (names.HasData)
            {
                var tag = names.PeekTag();
                if (tag.HasSameClassAndValue(Uri)) texts.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
                else if (tag.HasSameClassAndValue(Mail)) texts.Add(names.ReadCharacterString(UniversalTagNumber.IA5String, Mail));
                else names.ReadEncodedValue();
            }
        }
        catch (AsnContentException)
        {
            // An authority that signs such a thing confirms nothing with it.
        }
        return texts;
    }
}
