using System.Xml.Linq;
using DocExchange.Hub.Edges.Soap;

namespace DocExchange.Hub.Edges.EdocSoap;

/// <summary>
/// Where the messages of this dialect carry organisation and token: in the body's element beside the operation's values, in the header under
/// Signature/KeyInfo or CheckPermission, or, as other hubs have it, as a Token of its own beside MessageHeader/From.
/// </summary>
internal static class EdocSoapCredentials
{
    public static (string? OrganId, string? Token) Find(SoapMessage message, XElement? body)
    {
        if (body is not null && TextOf(body, "Token") is { } ofBody) return (TextOf(body, "OrganId"), ofBody);
        var holder = Only(Header(message, "Signature"), "KeyInfo") ?? Header(message, "CheckPermission");
        if (TextOf(holder, "Token") is { } ofHeader) return (TextOf(holder, "OrganId"), ofHeader);
        return (TextOf(Only(Header(message, "MessageHeader"), "From"), "OrganId"), Header(message, "Token") is { HasElements: false, Value: var token } ? token.Trim() : null);
    }

    /// <summary>The text of the one child of that local name; null where it is missing, empty or there twice.</summary>
    public static string? TextOf(XElement? parent, string name) =>
        Only(parent, name) is { HasElements: false, Value: var value } && value.Trim() is { Length: > 0 } text ? text : null;

    private static XElement? Header(SoapMessage message, string name)
    {
        var found = message.Headers.Where(h => h.Name.LocalName == name).Take(2).ToList();
        return found.Count == 1 ? found[0].Element : null;
    }

    private static XElement? Only(XElement? parent, string name)
    {
        var found = parent?.Elements().Where(e => e.Name.LocalName == name).Take(2).ToList();
        return found is [var one] ? one : null;
    }
}
