namespace DocExchange.Hub.Edges.Callers;

/// <summary>The one issuer whose tokens systems may call with (OAuth 2.0 client credentials), section <c>DocExchange:Tokens</c>.</summary>
public sealed class TokenSettings
{
    /// <summary>The issuer as its tokens name it (<c>iss</c>); empty = no tokens.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>This hub as its tokens name it (<c>aud</c>).</summary>
    public string Audience { get; set; } = "";

    /// <summary>The issuer's public keys (JWKS, RFC 7517): a file, or an https address.</summary>
    public string Keys { get; set; } = "";

    /// <summary>The claim that names the calling client; without it in a token, <c>azp</c> counts.</summary>
    public string ClientClaim { get; set; } = "client_id";

    /// <summary>
    /// What tells a token given to a system itself from one given to a person, as <c>claim=word</c>; empty = the subject is the client
    /// (RFC 9068 §2.2).
    /// </summary>
    public string SystemMark { get; set; } = "";

    /// <summary>Take only tokens bound to the client certificate of the line (RFC 8705). A bound one counts on that line alone in any case.</summary>
    public bool BoundOnly { get; set; }

    /// <summary>Every setting that cannot be used: its name, its value and what to write instead.</summary>
    public IEnumerable<(string Key, object Value, string Instead)> Problems()
    {
        if (Issuer.Length == 0) yield break;
        if (Audience.Length == 0) yield return (nameof(Audience), Audience, "what the issuer writes into aud for this hub, such as https://hub.example");
        if (ClientClaim.Length == 0) yield return (nameof(ClientClaim), ClientClaim, "the name of a claim, such as client_id");
        if (SystemMark.Length > 0 && SystemMark.Split('=', 2) is not [{ Length: > 0 }, { Length: > 0 }])
            yield return (nameof(SystemMark), SystemMark, "a claim and a word of it, such as idtyp=app, or nothing");
        if (!IsKeys(Keys)) yield return (nameof(Keys), Keys, "the path of a JWKS file, or the https address of one");
    }

    /// <summary>Over plain HTTP anybody on the way could put keys of their own there.</summary>
    private static bool IsKeys(string place) =>
        Uri.TryCreate(place, UriKind.Absolute, out var uri) && !uri.IsFile ? uri.Scheme == "https" : place.Length > 0 && File.Exists(place);
}
