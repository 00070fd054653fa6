using System.Net.Http.Headers;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Evidence;

/// <summary>A time-stamping authority over HTTP (RFC 3161 §3.4).</summary>
internal sealed class HttpTimestampAuthority(HttpClient http, Uri address) : ITimestampAuthority
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name { get; } = address.IsDefaultPort ? address.Host : $"{address.Host}-{address.Port}";

    public async Task<byte[]> AskAsync(byte[] request, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ending.CancelAfter(Patience);
        using var query = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new ByteArrayContent(request) { Headers = { ContentType = new MediaTypeHeaderValue("application/timestamp-query") } },
        };
        using var answer = await http.SendAsync(query, HttpCompletionOption.ResponseHeadersRead, ending.Token).ConfigureAwait(false);
        answer.EnsureSuccessStatusCode();
        return await BoundedBody.ReadAsync(answer, LongestAnswer, ending.Token).ConfigureAwait(false);
    }
}
