using System.Globalization;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Problems;
using DocExchange.Hub.Api;
using DocExchange.Hub.Edges.Rest.Description;

namespace DocExchange.Hub.Edges.Rest.Uploads;

/// <summary>Resumable upload for bad lines: tus 1.0.0 with creation, expiration and termination. The last byte hands the package to the desk.</summary>
internal static class UploadEndpoints
{
    private const string Version = "1.0.0";
    private const string OffsetType = "application/offset+octet-stream";

    public static void MapUploads(this IEndpointRouteBuilder api)
    {
        api.MapMethods("/uploads", ["OPTIONS"], (HttpContext http, PackageLimits limits) =>
        {
            http.Response.Headers["Tus-Version"] = Version;
            http.Response.Headers["Tus-Extension"] = "creation,expiration,termination";
            http.Response.Headers["Tus-Max-Size"] = limits.MaxPackageBytes.ToString(CultureInfo.InvariantCulture);
            return Tus(http, StatusCodes.Status204NoContent);
        }).WithName("describeUploads").WithTags("Upload").WithSummary("What of tus 1.0.0 is spoken").Produces(204).Refuses(401, 429);
        api.MapPost("/uploads", CreateAsync).WithName("createUpload").WithTags("Upload")
            .WithMetadata(TakenParameters.Tus, TakenParameters.Key, new TakenParameter("Upload-Length", "header", "Bytes in all.", Required: true), new TakenParameter("Upload-Metadata", "header", "Keys with base64 values: to, sha256.")).WithSummary("Begin a resumable upload")
            .WithDescription("tus 1.0.0: Upload-Length is required; Upload-Metadata may hold `to` (codes separated by commas) and `sha256` (hex). The answer's Location is where PATCH sends bytes.")
            .Produces(201).Refuses(400, 401, 412, 413, 422, 429, 503);
        api.MapMethods("/uploads/{id}", ["HEAD"], HeadAsync).WithName("uploadOffset").WithTags("Upload").WithMetadata(TakenParameters.Tus).WithSummary("Where to go on").Produces(200).Refuses(401, 404, 412, 429, 503);
        api.MapGet("/uploads/{id}", GetAsync).WithName("getUpload").WithTags("Upload").WithSummary("How far an upload is and what became of it").Produces<UploadView>().Refuses(401, 404, 422, 429, 503);
        api.MapPatch("/uploads/{id}", PatchAsync).WithName("continueUpload").WithTags("Upload")
            .WithMetadata(TakenParameters.Tus, new TakenParameter("Upload-Offset", "header", "Where the bytes of this request belong.", Required: true)).WithSummary("Send bytes from an offset on")
            .WithDescription("The request with the last byte is answered when the package is durably accepted, with Receipt-Id and Content-Location, or refused as sending it at once would be.")
            .Accepts<byte[]>(OffsetType).Produces(204).Refuses(400, 401, 404, 409, 412, 413, 415, 422, 423, 429, 503);
        api.MapDelete("/uploads/{id}", Delete).WithName("endUpload").WithTags("Upload").WithMetadata(TakenParameters.Tus).WithSummary("Give an upload up").Produces(204).Refuses(401, 404, 412, 429);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, RestCaller caller, UploadStore uploads, PackageLimits limits, RestRefusals refusals)
    {
        if (WrongVersion(http) is { } wrong) return wrong;
        var metadata = http.Request.Headers["Upload-Metadata"].ToString();
        var isLength = long.TryParse(http.Request.Headers["Upload-Length"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0;
        var unreadableKey = RestRequest.ReadKey(http, default, out var key);
        var problem = !isLength ? new Problem(ProblemCatalogue.RequestIncomplete, "Upload-Length")
            : length > limits.MaxPackageBytes ? new Problem(ProblemCatalogue.PackageTooLarge, Limit: limits.MaxPackageBytes.ToString())
            : !UploadMetadata.TryParse(metadata, out _) ? new Problem(ProblemCatalogue.RequestIncomplete, "Upload-Metadata")
            : unreadableKey;
        if (problem is not null) return await refusals.RefuseAsync(caller, "uploads", problem, http.RequestAborted).ConfigureAwait(false);
        var (upload, full) = uploads.Create(caller.System, length, metadata, key?.Value);
        if (upload is null)
        {
            http.Response.Headers.RetryAfter = "60";
            return ApiProblems.Of(full!);
        }
        if (upload.Length != length || upload.Metadata != metadata)
        {
            problem = new Problem(ProblemCatalogue.RequestKeyTaken, RestRequest.KeyHeader, key!.Value);
            return await refusals.RefuseAsync(caller, "uploads", problem, http.RequestAborted).ConfigureAwait(false);
        }
        http.Response.Headers.Location = $"{HubApi.Version1}/uploads/{upload.Id}";
        Tell(http, upload, uploads.OffsetOf(upload));
        return Tus(http, StatusCodes.Status201Created);
    }

    private static async Task<IResult> HeadAsync(HttpContext http, string id, RestCaller caller, UploadStore uploads, UploadDesk desk)
    {
        if (WrongVersion(http) is { } wrong) return wrong;
        if (uploads.Find(caller.System, id) is not { } upload) return Tus(http, StatusCodes.Status404NotFound);
        // A client that finds everything there considers itself done: then the desk must have had it.
        if (await desk.FinishAsync(caller, upload, http.RequestAborted).ConfigureAwait(false) is IntakeResult.Refused refused)
            return Tus(http, refused.IsForNow ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status404NotFound);
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["Upload-Length"] = upload.Length.ToString(CultureInfo.InvariantCulture);
        Tell(http, upload, uploads.OffsetOf(uploads.Find(caller.System, id) ?? upload));
        return Tus(http, StatusCodes.Status200OK);
    }

    private static async Task<IResult> GetAsync(HttpContext http, string id, RestCaller caller, UploadStore uploads, UploadDesk desk)
    {
        if (uploads.Find(caller.System, id) is not { } upload) return ApiProblems.NotFound(id);
        if (await desk.FinishAsync(caller, upload, http.RequestAborted).ConfigureAwait(false) is IntakeResult.Refused refused) return DocumentEndpoints.Answer(http, refused);
        upload = uploads.Find(caller.System, id) ?? upload;
        var offset = uploads.OffsetOf(upload);
        var state = upload.Answer is not null ? "accepted" : offset == upload.Length ? "complete" : "receiving";
        return Results.Ok(new UploadView(upload.Id, state, offset, upload.Length, upload.ExpiresAt, upload.Answer));
    }

    private static async Task<IResult> PatchAsync(HttpContext http, string id, RestCaller caller, UploadStore uploads, UploadDesk desk)
    {
        if (WrongVersion(http) is { } wrong) return wrong;
        if (http.Request.ContentType != OffsetType) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable), StatusCodes.Status415UnsupportedMediaType);
        if (uploads.Find(caller.System, id) is not { } upload) return ApiProblems.NotFound(id);
        var sent = http.Request.Headers["Upload-Offset"].ToString();
        if (!long.TryParse(sent, NumberStyles.None, CultureInfo.InvariantCulture, out var from)) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "Upload-Offset"));
        if (from != uploads.OffsetOf(upload)) return Elsewhere(from, uploads.OffsetOf(upload));
        if (upload.Answer is null && from < upload.Length)
        {
            if (!uploads.HasRoom(upload.Length - from)) return ApiProblems.Of(new Problem(ProblemCatalogue.HubNotReady, Value: "disk"));
            await using var bytes = uploads.Open(upload);
            if (bytes is null) return ApiProblems.Of(new Problem(ProblemCatalogue.HubBusy), StatusCodes.Status423Locked);
            // Another request may have gone on between the question and the opening.
            if (bytes.Length != from) return Elsewhere(from, bytes.Length);
            try
            {
                if (!await UploadStore.AppendAsync(bytes, upload, http.Request.BodyReader, http.RequestAborted).ConfigureAwait(false))
                {
                    return ApiProblems.Of(new Problem(ProblemCatalogue.PackageTooLarge, Limit: upload.Length.ToString()));
                }
            }
            finally
            {
                // What came before an interruption counts as going on.
                upload = uploads.Update(upload, null);
            }
        }
        var result = await desk.FinishAsync(caller, upload, http.RequestAborted).ConfigureAwait(false);
        if (result is IntakeResult.Refused) return DocumentEndpoints.Answer(http, result);
        upload = uploads.Find(caller.System, id) ?? upload;
        if (upload.Answer is { } answer)
        {
            http.Response.Headers["Receipt-Id"] = answer.ReceiptId;
            http.Response.Headers.ContentLocation = $"{HubApi.Version1}/documents/{answer.DocId}";
        }
        Tell(http, upload, uploads.OffsetOf(upload));
        return Tus(http, StatusCodes.Status204NoContent);
    }

    private static IResult Delete(HttpContext http, string id, RestCaller caller, UploadStore uploads)
    {
        if (WrongVersion(http) is { } wrong) return wrong;
        if (uploads.Find(caller.System, id) is null) return ApiProblems.NotFound(id);
        uploads.Remove(id);
        return Tus(http, StatusCodes.Status204NoContent);
    }

    private static IResult Elsewhere(long from, long offset) => ApiProblems.Of(new Problem(ProblemCatalogue.UploadOffsetDiffers, "Upload-Offset",
        from.ToString(CultureInfo.InvariantCulture), offset.ToString(CultureInfo.InvariantCulture)));

    private static IResult? WrongVersion(HttpContext http)
    {
        if (http.Request.Headers["Tus-Resumable"] == Version) return null;
        http.Response.Headers["Tus-Version"] = Version;
        return ApiProblems.Of(new Problem(ProblemCatalogue.RequestIncomplete, "Tus-Resumable"), StatusCodes.Status412PreconditionFailed);
    }

    private static void Tell(HttpContext http, Upload upload, long offset)
    {
        http.Response.Headers["Upload-Offset"] = offset.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["Upload-Expires"] = upload.ExpiresAt.ToString("R", CultureInfo.InvariantCulture);
    }

    private static IResult Tus(HttpContext http, int status)
    {
        http.Response.Headers["Tus-Resumable"] = Version;
        return Results.StatusCode(status);
    }
}
