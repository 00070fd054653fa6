using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Evidence;

/// <summary>
/// The published log over HTTP, for mirrors and witnesses: files as they lie in the data folder, hashes and signatures only, open to anyone
/// unless switched off.
/// </summary>
internal static class LogEndpoints
{
    private const string Immutable = "public, max-age=31536000, immutable";

    public static void MapLog(this WebApplication web)
    {
        if (!web.Services.GetRequiredService<HubOptions>().ServeLog) return;
        var log = web.MapGroup("/log");
        log.MapGet("/" + LogPublisher.EpochsFile, (HttpContext http, LogPublisher publisher) => Answer(http, publisher.ReadEpochs(), "text/plain; charset=utf-8", "no-cache"));
        log.MapGet("/{epoch}/{**file}", Serve);
    }

    private static IResult Serve(HttpContext http, string epoch, string? file, LogPublisher publisher, ILogStore store)
    {
        if (file is null || store.Epochs.FirstOrDefault(known => known.Tag == epoch) is not { } found) return Results.NotFound();
        var folder = publisher.FolderOf(found);
        if (TileId.TryParse(file, out var tile)) return Answer(http, folder.ReadTile(tile), "application/octet-stream", Immutable);
        return IsPublic(file) ? Answer(http, folder.Read(file), TypeOf(file), "no-cache") : Results.NotFound();
    }

    private static IResult Answer(HttpContext http, byte[]? bytes, string type, string caching)
    {
        if (bytes is null) return Results.NotFound();
        http.Response.Headers.CacheControl = caching;
        http.Response.Headers.AccessControlAllowOrigin = "*";
        return Results.Bytes(bytes, type);
    }

    /// <summary>One of the names the publisher writes, at the top or below <c>stamped/NAME</c> or <c>cosigned/NAME</c>.</summary>
    private static bool IsPublic(string file)
    {
        var parts = file.Split('/');
        return LogFolder.Names.Contains(parts[^1])
            && (parts.Length == 1 || (parts is [LogFolder.StampedFolder or LogFolder.CosignedFolder, { Length: > 0 } name, _] && name.Trim('.').Length > 0 && LogFolder.IsName(name)));
    }

    private static string TypeOf(string file) => Path.GetExtension(file) switch
    {
        ".p7s" => "application/pkcs7-signature",
        ".pem" => "application/x-pem-file",
        ".tst" => "application/vnd.etsi.timestamp-token",
        _ => "text/plain; charset=utf-8",
    };
}
