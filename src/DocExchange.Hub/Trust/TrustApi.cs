using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Ports;
using DocExchange.Core.Problems;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Api;
using DocExchange.Hub.Evidence;
using DocExchange.Hub.People;

namespace DocExchange.Hub.Trust;

/// <summary>The trust list, which security officers keep and operators and auditors read: list, import by file, remove, and what rests on a certificate.</summary>
internal static class TrustApi
{
    private const int Shown = 1000;

    public static void MapTrust(this IEndpointRouteBuilder api)
    {
        api.MapGet("/trust", (ITrustStore trust) => Results.Json(trust.Current.Book.Certificates.Select(View)));
        api.MapPost("/trust", AddAsync);
        api.MapDelete("/trust/{fingerprint}", RemoveAsync);
        api.MapGet("/trust/{fingerprint}/impact", ImpactAsync);
        api.MapGet("/trust/answers/{sha256}", AnswerAsync);
    }

    /// <summary>What an authority said of certificates, as it came: the bytes whose SHA-256 stands in the evidence.</summary>
    private static async Task<IResult> AnswerAsync(HttpContext http, string sha256, ITrustStore trust) =>
        sha256.Length == 64 && sha256.All(char.IsAsciiHexDigit) && await trust.FindAnswerAsync(Convert.FromHexString(sha256), http.RequestAborted).ConfigureAwait(false) is { } kept
            ? Results.Bytes(kept.Answer, "application/octet-stream", lastModified: kept.FetchedAt) : ApiProblems.NotFound(sha256);

    private static object View(TrustedCertificate one)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(one.Der.Span);
        return new
        {
            fingerprint = one.Fingerprint,
            kind = one.IsRoot ? "root" : "intermediate",
            name = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false),
            issuer = certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true),
            validTo = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()),
            source = one.Source,
            addedAt = one.AddedAt,
        };
    }

    private static async Task<IResult> AddAsync(HttpContext http, ITrustStore trust, TimeProvider time, string source = "")
    {
        if (http.Request.ContentLength is not (> 0 and <= TrustFile.Longest and var length)) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable));
        var file = new byte[length];
        await http.Request.Body.ReadExactlyAsync(file, http.RequestAborted).ConfigureAwait(false);
        var found = TrustFile.Read(file, source.Length > 100 ? source[..100] : source, time.GetUtcNow());
        if (found.Count == 0) return ApiProblems.Of(new Problem(ProblemCatalogue.RequestUnreadable));
        var added = await trust.AddAsync(found, HubApi.Actor(http), http.RequestAborted).ConfigureAwait(false);
        return Results.Json(new { read = found.Count, added });
    }

    private static async Task<IResult> RemoveAsync(string fingerprint, ITrustStore trust, HttpContext http)
    {
        fingerprint = fingerprint.ToLowerInvariant();
        if (trust.Current.Book.Certificates.All(c => c.Fingerprint != fingerprint)) return ApiProblems.NotFound(fingerprint);
        return await ApprovalApi.DoOrAskAsync(http, FourEyes.RemoveTrust, fingerprint, () => trust.RemoveAsync(fingerprint, HubApi.Actor(http), http.RequestAborted)).ConfigureAwait(false);
    }

    /// <summary>What would no longer count if a certificate were revoked: documents signed with it or below it, trusted certificates below it, the hub's own key.</summary>
    private static async Task<IResult> ImpactAsync(HttpContext http, string fingerprint, ITrustStore trust, SigningKeyFile key)
    {
        fingerprint = fingerprint.ToLowerInvariant();
        var documents = await trust.DocumentsOfAsync(fingerprint, Shown + 1, http.RequestAborted).ConfigureAwait(false);
        var book = trust.Current.Book;
        var below = book.Certificates.FirstOrDefault(c => c.Fingerprint == fingerprint) is { } self ? book.Certificates.Where(c => c != self && IsBelow(c, self)).Select(View).ToList() : [];
        return Results.Json(new
        {
            fingerprint,
            documents = documents.Take(Shown),
            more = documents.Count > Shown,
            certificates = below,
            hubKey = key.Current.Chain.Any(der => Convert.ToHexStringLower(SHA256.HashData(der)) == fingerprint),
        });
    }

    private static bool IsBelow(TrustedCertificate one, TrustedCertificate issuer)
    {
        using var parsed = X509CertificateLoader.LoadCertificate(issuer.Der.Span);
        using var below = X509CertificateLoader.LoadCertificate(one.Der.Span);
        return below.IssuerName.RawData.AsSpan().SequenceEqual(parsed.SubjectName.RawData);
    }
}
