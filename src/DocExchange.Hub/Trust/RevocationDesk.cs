using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Trust;
using DocExchange.Hub.Operations;

namespace DocExchange.Hub.Trust;

/// <summary>
/// Asks authorities about the certificates that documents brought, behind the acceptance. Only hosts the operator has named are asked: the addresses
/// stand in certificates that anybody may have made.
/// </summary>
internal sealed class RevocationDesk : IDisposable
{
    private const int MostAtOnce = 50;
    private const int LongestAnswer = 64 * 1024;
    private const int LongestList = 8 * 1024 * 1024;

    /// <summary>So many lists stay in memory during a run: most certificates have one of few issuers.</summary>
    private const int MostLists = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ITrustStore _trust;
    private readonly TimeProvider _time;
    private readonly HashSet<string> _hosts;

    // A redirection would lead to a host nobody named.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, ConnectTimeout = Patience }) { Timeout = Patience };

    public RevocationDesk(HubOptions options, ITrustStore trust, TimeProvider time)
    {
        (_trust, _time) = (trust, time);
        _hosts = new HashSet<string>(options.RevocationHosts, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Notes the certificates of a key of ours, whose answers go with the evidence, where nothing current is known of them.</summary>
    /// <param name="chain">DER, signer first, root last.</param>
    public void Want(IReadOnlyList<byte[]> chain)
    {
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            using var certificate = X509CertificateLoader.LoadCertificate(chain[i]);
            using var issuer = X509CertificateLoader.LoadCertificate(chain[i + 1]);
            var revocations = _trust.Current.Revocations;
            if (revocations.Find(certificate, issuer, _time.GetUtcNow()) is null && RevocationPlaces.Permitted(certificate, _hosts).Any()) revocations.Want(certificate, issuer);
        }
    }

    /// <summary>Asks for what is missing. Returns the hosts that gave no answer to be believed.</summary>
    public async Task<IReadOnlyCollection<string>> AskAsync(CancellationToken cancellationToken)
    {
        var silent = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var lists = new Dictionary<Uri, byte[]?>();
        foreach (var wanted in _trust.Current.Revocations.Wanted.Take(MostAtOnce))
        {
            _trust.Current.Revocations.Tried(wanted, _time.GetUtcNow());
            using var certificate = X509CertificateLoader.LoadCertificate(wanted.Certificate);
            using var issuer = X509CertificateLoader.LoadCertificate(wanted.Issuer);
            await AskAsync(wanted.Key, certificate, issuer, lists, silent, cancellationToken).ConfigureAwait(false);
        }
        return silent;
    }

    public void Dispose() => _http.Dispose();

    private async Task AskAsync(string key, X509Certificate2 certificate, X509Certificate2 issuer, Dictionary<Uri, byte[]?> lists, HashSet<string> silent, CancellationToken cancellationToken)
    {
        foreach (var (uri, isList) in RevocationPlaces.Permitted(certificate, _hosts))
        {
            var bytes = isList ? await ListAsync(uri, lists, cancellationToken).ConfigureAwait(false) : await FetchAsync(uri, OcspQuery.Of(certificate, issuer), cancellationToken).ConfigureAwait(false);
            var now = _time.GetUtcNow();
            var answer = bytes is null ? null : isList ? RevocationList.Read(bytes, certificate, issuer, now) : OcspAnswer.Read(bytes, certificate, issuer, now);
            if (answer is null)
            {
                silent.Add(uri.Authority);
                continue;
            }
            await _trust.KeepAnswerAsync(new RevocationProof(uri.ToString(), now, bytes), new Dictionary<string, RevocationAnswer> { [key] = answer }, cancellationToken).ConfigureAwait(false);
            if (answer.Status != RevocationStatus.Unknown) return;
        }
    }

    /// <summary>One list speaks of all certificates of its issuer: it is fetched once in a run, and an address that is silent is asked once.</summary>
    private async Task<byte[]?> ListAsync(Uri uri, Dictionary<Uri, byte[]?> lists, CancellationToken cancellationToken)
    {
        if (lists.TryGetValue(uri, out var known)) return known;
        var list = await FetchAsync(uri, null, cancellationToken).ConfigureAwait(false);
        if (list is null || lists.Values.Count(kept => kept is not null) < MostLists) lists[uri] = list;
        return list;
    }

    private async Task<byte[]?> FetchAsync(Uri uri, byte[]? question, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(question is null ? HttpMethod.Get : HttpMethod.Post, uri);
        if (question is not null) request.Content = new ByteArrayContent(question) { Headers = { ContentType = new MediaTypeHeaderValue("application/ocsp-request") } };
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? await BoundedBody.ReadAsync(answer, question is null ? LongestList : LongestAnswer, cancellationToken).ConfigureAwait(false) : null;
        }
        catch (Exception silent) when (silent is HttpRequestException or IOException || (silent is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }
}
