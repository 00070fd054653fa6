using DocExchange.Hub.Operations;

namespace DocExchange.Hub.OpenId;

/// <summary>The organisation's own sign-in (OpenID Connect) for people, section <c>DocExchange:OpenId</c>.</summary>
public sealed class OpenIdSettings
{
    /// <summary>The issuer as its tokens name it, and below which its discovery document lies; empty = people sign in here only.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>This hub as the issuer knows it.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>File with the secret the issuer gave this hub, read at every use; empty = none was given, PKCE alone protects the code.</summary>
    public string SecretFile { get; set; } = "";

    /// <summary>This hub's address as browsers see it: where the issuer sends people back to.</summary>
    public string PublicAddress { get; set; } = "";

    /// <summary>The claim that names a person for good.</summary>
    public string AccountClaim { get; set; } = "sub";

    /// <summary>What is asked for; <c>openid</c> is a must.</summary>
    public string Scope { get; set; } = "openid";

    /// <summary>Words of <c>amr</c> (RFC 8176) by which the issuer says that it took a second factor.</summary>
    public string[] SecondFactorMethods { get; set; } = ["mfa"];

    /// <summary>Values of <c>acr</c> that say the same.</summary>
    public string[] SecondFactorClasses { get; set; } = [];

    /// <summary>Every setting that cannot be used: its name, its value and what to write instead.</summary>
    public IEnumerable<(string Key, object Value, string Instead)> Problems(HubMode mode)
    {
        if (Issuer.Length == 0) yield break;
        var (form, example) = mode == HubMode.Sandbox ? ("https, or http on this machine in the sandbox", "https://sso.example/realms/tinh") : ("https", "https://sso.example/realms/tinh");
        if (!IsUsable(Issuer, mode)) yield return (nameof(Issuer), Issuer, $"the issuer's address ({form}, without a query), such as {example}");
        if (!IsUsable(PublicAddress, mode) || new Uri(PublicAddress).AbsolutePath != "/")
            yield return (nameof(PublicAddress), PublicAddress, $"this hub's own address as browsers see it ({form}, without a path), such as https://hub.example");
        if (ClientId.Length == 0) yield return (nameof(ClientId), ClientId, "the client id that the issuer gave this hub");
        if (SecretFile.Length > 0 && !File.Exists(SecretFile)) yield return (nameof(SecretFile), SecretFile, "the path of a file that holds the secret, or nothing");
        if (AccountClaim.Length == 0) yield return (nameof(AccountClaim), AccountClaim, "the name of a claim, such as sub");
        if (!Scope.Split(' ').Contains("openid")) yield return (nameof(Scope), Scope, "openid, and what the claim needs after a blank, such as \"openid profile\"");
    }

    /// <summary>Over a plain line anybody on the way could sign in as anybody; this machine alone has no way.</summary>
    internal static bool IsUsable(string address, HubMode mode) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Query.Length == 0 && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback && mode == HubMode.Sandbox));
}
