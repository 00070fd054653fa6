using DocExchange.Hub.Api;

namespace DocExchange.Hub.Signatures;

/// <summary>
/// Where whoever is given a package finds the hub's signature over it, said in a header (RFC 8288): clients that do not know it ignore it, and the
/// bytes of the answer stay what they are.
/// </summary>
internal static class SignatureLink
{
    public static void Name(HttpResponse response, string itemId) => response.Headers.Link = $"<{HubApi.Version1}/inbox/{itemId}/signature>; rel=\"signature\"";
}
