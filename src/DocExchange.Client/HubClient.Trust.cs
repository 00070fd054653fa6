using System.Net.Http.Headers;
using System.Text.Json;

namespace DocExchange.Client;

/// <summary>The trust list signatures are judged by, for security officers; operators and auditors read it.</summary>
public sealed partial class HubClient
{
    public Task<JsonElement> TrustAsync(CancellationToken ct = default) => GetElementAsync("trust", ct);

    /// <summary>Adds the authorities in a file (PEM, DER or PKCS#7); says how many were read and how many were new.</summary>
    /// <param name="source">The file's name, shown in the list.</param>
    public async Task<JsonElement> AddTrustAsync(byte[] file, string source, CancellationToken ct = default)
    {
        using var content = new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };
        using var response = await SendAsync(HttpMethod.Post, "trust?source=" + Segment(source), content, ct).ConfigureAwait(false);
        return await ReadElementAsync(response, ct).ConfigureAwait(false);
    }

    /// <inheritdoc cref="RevokeCredentialAsync"/>
    public Task<JsonElement?> RemoveTrustAsync(string fingerprint, CancellationToken ct = default) => DoOrAskAsync(HttpMethod.Delete, "trust/" + Segment(fingerprint), ct);

    /// <summary>What would no longer count if a certificate were revoked.</summary>
    public Task<JsonElement> TrustImpactAsync(string fingerprint, CancellationToken ct = default) => GetElementAsync($"trust/{Segment(fingerprint)}/impact", ct);

    /// <summary>What an authority said of certificates, as it came: an OCSP response or a CRL in DER, by the digest that stands in the evidence.</summary>
    public Task<byte[]> TrustAnswerAsync(string sha256, CancellationToken ct = default) => BytesAsync("trust/answers/" + Segment(sha256), ct);

    /// <summary>Has a document's signatures judged again by the trust list of today; true when there is another verdict than before.</summary>
    public async Task<bool> JudgeAgainAsync(string docId, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Post, $"documents/{Segment(docId)}/judge", null, ct).ConfigureAwait(false);
        return (await ReadElementAsync(response, ct).ConfigureAwait(false)).GetProperty("changed").GetBoolean();
    }
}
