using System.Security.Cryptography;
using System.Text;
using Kagari.Testing;
using Kagari.Ui.Tests.Harness;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Kagari.Ui.Tests.Access;

/// <summary>Where the server asks who one is, the page asks too.</summary>
public sealed class SignInTests(Browser browser)
{
    private const string Token = "a-token-of-the-test", Password = "open sesame";

    [Theory]
    [InlineData("", Token)]
    [InlineData("alice", Password)]
    public async Task Server_ThatAsksWhoOneIs_IsOpenedByTokenOrUser(string user, string secret)
    {
        using var directory = new TemporaryDirectory();
        var file = Path.Combine(directory.Path, "auth.yaml");
        var salt = "saltsaltsaltsalt"u8.ToArray();
        var hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Password), salt, 600_000, HashAlgorithmName.SHA256, 32);
        await File.WriteAllTextAsync(
            file,
            $$"""
            tokens:
              - name: people
                sha256: {{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}}
                scopes: [admin]
                tenants: [anonymous]
            users:
              - name: alice
                password: pbkdf2-sha256$600000${{Convert.ToBase64String(salt)}}${{Convert.ToBase64String(hash)}}
                scopes: [admin]
                tenants: [anonymous]
            """,
            TestContext.Current.CancellationToken);
        await using var server = await UiServer.StartAsync(isEmpty: true, $"-auth.file={file}");
        server.Http.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        await ShopProfiles.PushAsync(server.Http);

        await using var page = await browser.OpenAsync(server, "functions?from=now-2h");
        page.Expect(" 401 ");
        var dialog = page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Sign in" });
        await Expect(dialog).ToBeVisibleAsync();
        await Axe.CheckAsync(page);
        await dialog.GetByLabel("Password or token").FillAsync("wrong");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(dialog).ToBeVisibleAsync();
        await dialog.GetByLabel("User").FillAsync(user);
        await dialog.GetByLabel("Password or token").FillAsync(secret);
        await dialog.GetByLabel("Password or token").PressAsync("Enter");
        await Expect(Tables.Rows(page, "Functions of all services").First).ToContainTextAsync("geo.Haversine");
        await Expect(dialog).ToHaveCountAsync(0);
    }
}
