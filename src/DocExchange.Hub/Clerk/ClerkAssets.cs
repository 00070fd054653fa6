using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Clerk;

/// <summary>Style sheet and emblem, from inside the program.</summary>
internal static class ClerkAssets
{
    public static void Map(WebApplication web)
    {
        Map(web, "clerk.css", "text/css; charset=utf-8");
        Map(web, "emblem.svg", "image/svg+xml");
    }

    private static void Map(WebApplication web, string name, string type)
    {
        var bytes = Read(name);
        var tag = new EntityTagHeaderValue("\"" + Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8)) + "\"");
        web.MapGet("/assets/" + name, http =>
        {
            Layout.Protect(http);
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
