using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Kagari.Server.Ui;

/// <summary>The page that all views begin with, for one prefix of paths. It holds no data.</summary>
/// <remarks>
/// Its scripts are named relative to it, and it is answered at many depths (<c>/explore</c>, <c>/s/ID</c>), so it has to say
/// where the root is: <c>&lt;base href="/prefix/"&gt;</c>.
/// </remarks>
internal sealed partial class UiShell
{
    private UiShell(UiFile file, string entityTag) => (File, EntityTag) = (file, entityTag);

    public UiFile File { get; }

    /// <summary>Weak: the same for every encoding.</summary>
    public string EntityTag { get; }

    /// <exception cref="InvalidOperationException">BUG: the page that was built has no head.</exception>
    public static UiShell Of(UiFile built, string prefix)
    {
        var html = Base().Replace(Encoding.UTF8.GetString(built.Plain()), "");
        var head = Head().Match(html);
        if (!head.Success) throw new InvalidOperationException("BUG: index.html of the user interface has no <head>.");
        var page = Encoding.UTF8.GetBytes(html.Insert(head.Index + head.Length, $"<base href=\"{WebUtility.HtmlEncode(prefix)}/\">"));
        using var brotli = new MemoryStream();
        using (var stream = new BrotliStream(brotli, CompressionLevel.Optimal)) stream.Write(page);
        return new UiShell(new UiFile("index.html", brotli.ToArray(), isBrotli: true), $"W/\"{Convert.ToHexStringLower(SHA256.HashData(page).AsSpan(0, 8))}\"");
    }

    /// <summary>A base of development, which stands in for ours.</summary>
    [GeneratedRegex("""<base\s[^>]*>""", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Base();

    [GeneratedRegex("""<head(\s[^>]*)?>""", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Head();
}
