using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Clerk;

/// <summary>Style sheet, emblem and the page that verifies evidence, from inside the program.</summary>
internal static class ClerkAssets
{
    public static void Map(WebApplication web)
    {
        Map(web, "/assets/clerk.css", "clerk.css", "text/css; charset=utf-8");
        Map(web, "/assets/emblem.svg", "emblem.svg", "image/svg+xml");
        // One file for everybody, that says itself that it may run its own script and call nobody.
        Map(web, "/verify.html", "verify.html", "text/html; charset=utf-8", "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    }

    private static void Map(WebApplication web, string path, string name, string type, string? policy = null)
    {
        var bytes = Read(name);
        var tag = new EntityTagHeaderValue("\"" + Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)) + "\"");
        web.MapGet(path, http =>
        {
            Layout.Protect(http);
            if (policy is not null) http.Response.Headers.ContentSecurityPolicy = policy;
            http.Response.Headers.CacheControl = "max-age=300";
            return Results.Bytes(bytes, type, entityTag: tag).ExecuteAsync(http);
        });
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(ClerkAssets).Assembly.GetManifestResourceStream("clerk/" + name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }
}
