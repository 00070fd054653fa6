using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DocExchange.Core.Intake;
using DocExchange.Core.Packages;
using DocExchange.Core.Packages.Outlines;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Tracking;
using DocExchange.Hub.Edges.Received;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>
/// Takes a document in parts and builds its package. What was received is the original; the package is a pure function of it, without
/// clock or random id, so that a repetition is one.
/// </summary>
internal sealed partial class MultipartDesk(IntakeDesk desk, IPackageStore packages, IExchangeStore store, PackageLimits limits)
{
    private const string Metadata = "metadata";

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        // A misspelt member would silently be left out of the document.
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <param name="submission">All but the body: that is built here.</param>
    public async Task<IntakeResult> AcceptAsync(HttpContext http, Submission submission)
    {
        using var staging = new RequestStaging(packages, limits, http.Request.ContentLength);
        var problem = await ReceiveAsync(http, staging).ConfigureAwait(false);
        DocumentMetadata? metadata = null;
        problem ??= Read(staging, out metadata);
        if (problem is null && metadata!.DocumentId is null && submission.Key is null) problem = new Problem(ProblemCatalogue.RequestIncomplete, RestRequest.KeyHeader);
        if (problem is null && submission.IsAnnouncedDigest is not null) problem = new Problem(ProblemCatalogue.RequestIncomplete, "Digest");
        PackageOutline? package = null;
        if (problem is null && !TryBuild(metadata!, staging.Parts, submission.Key, out package)) problem = new Problem(ProblemCatalogue.RequestUnreadable, Metadata);
        if (problem is not null)
        {
            var receipt = await store.RefuseAsync(new Refusal(submission.Caller, problem, null, 0, null, null), http.RequestAborted).ConfigureAwait(false);
            return new IntakeResult.Refused(problem, receipt);
        }
        var request = staging.Finish(metadata!.DocumentId is null ? [("key", submission.Key!.Value)] : []);
        return await desk.AcceptAsync(submission with { AnnouncedKind = Core.Envelopes.MessageKind.Document, BuiltFrom = request.Building(package!) }, http.RequestAborted).ConfigureAwait(false);
    }

    private static async Task<Problem?> ReceiveAsync(HttpContext http, RequestStaging staging)
    {
        if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
        {
            return new Problem(ProblemCatalogue.RequestIncomplete, "Content-Type");
        }
        var reader = new MultipartReader(boundary, http.Request.Body);
        try
        {
            while (await reader.ReadNextSectionAsync(http.RequestAborted).ConfigureAwait(false) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return new Problem(ProblemCatalogue.RequestIncomplete, "Content-Disposition");
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value ?? "";
                var isFirst = staging.Parts.Count == 0;
                if (isFirst != (name == Metadata) || (!isFirst && name != "file")) return new Problem(ProblemCatalogue.RequestIncomplete, isFirst ? Metadata : "file");
                var fileName = isFirst ? null : FileNameOf(disposition);
                if (!isFirst && fileName is null) return new Problem(ProblemCatalogue.RequestIncomplete, "file.filename");
                if (await staging.AddAsync(name, fileName, section.ContentType, section.Body, http.RequestAborted).ConfigureAwait(false) is { } problem) return problem;
            }
        }
        catch (InvalidDataException)
        {
            return new Problem(ProblemCatalogue.RequestUnreadable);
        }
        catch (IOException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The body ended inside a part.
            return new Problem(ProblemCatalogue.RequestUnreadable);
        }
        return staging.Parts.Count == 0 ? new Problem(ProblemCatalogue.RequestIncomplete, Metadata) : null;
    }

    /// <summary>The encoded form wins (RFC 6266); a plain one is UTF-8.</summary>
    private static string? FileNameOf(ContentDispositionHeaderValue disposition)
    {
        if (disposition.FileNameStar.HasValue) return disposition.FileNameStar.Value;
        return HeaderUtilities.RemoveQuotes(disposition.FileName).Value is { Length: > 0 } name ? name : null;
    }

    private static Problem? Read(RequestStaging staging, out DocumentMetadata? metadata)
    {
        metadata = null;
        var part = staging.Parts[0];
        if (part.Length > RequestStaging.LargestFirst) return new Problem(ProblemCatalogue.RequestIncomplete, Metadata);
        try
        {
            metadata = JsonSerializer.Deserialize<DocumentMetadata>(staging.First, Json);
            return metadata is null ? new Problem(ProblemCatalogue.RequestIncomplete, Metadata) : null;
        }
        catch (JsonException fault)
        {
            return new Problem(ProblemCatalogue.RequestIncomplete, MemberOf(fault, Metadata));
        }
    }

    /// <summary>The member a JSON text fails at: the one that cannot be read, or the first that is missing.</summary>
    public static string MemberOf(JsonException fault, string whole)
    {
        if (fault.Path is { Length: > 2 } path) return $"{whole}.{path[2..]}";
        var missing = MissingMember().Match(fault.Message);
        return missing.Success ? $"{whole}.{missing.Groups[1].Value}" : whole;
    }

    [GeneratedRegex("including: '([A-Za-z]+)'")]
    private static partial Regex MissingMember();

    /// <summary>False when a text holds characters that XML cannot carry.</summary>
    private static bool TryBuild(DocumentMetadata metadata, IReadOnlyList<ReceivedPart> parts, RequestKey? key, [NotNullWhen(true)] out PackageOutline? package)
    {
        package = null;
        try
        {
            package = PackageOutline.Of(target => PackageWriter.WriteDocument(target, metadata.ToEnvelope(key?.Value), [.. parts.Skip(1).Select(FileOf)]));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static AttachmentPayload FileOf(ReceivedPart part, int index) => AttachmentPayload.At(
        new RequestRange(part.Offset, part.Length, IsText: false), part.FileName!, $"{Convert.ToHexStringLower(part.Digest.AsSpan(0, 16))}-{index + 1}", part.ContentType);
}
