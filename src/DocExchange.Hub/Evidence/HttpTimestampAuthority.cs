using System.Net.Http.Headers;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Evidence;

/// <summary>A time-stamping authority over HTTP (RFC 3161 §3.4).</summary>
/// <param name="name">Under which its stamps are kept and published; no two have the same.</param>
internal sealed class HttpTimestampAuthority(HttpClient http, Uri address, string name) : ITimestampAuthority
{
    private const int LongestAnswer = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public string Name => name;

    /// <summary>Those at the addresses, named by host and port; of several at one place the second has a number behind, and so on.</summary>
    public static IReadOnlyList<HttpTimestampAuthority> At(IEnumerable<string> addresses, HttpClient http) =>
    [
        .. addresses.Select(address => new Uri(address)).GroupBy(address => address.IsDefaultPort ? address.Host : $"{address.Host}-{address.Port}", StringComparer.Ordinal)
            .SelectMany(place => place.Select((address, i) => new HttpTimestampAuthority(http, address, i == 0 ? place.Key : $"{place.Key}-no{i + 1}"))),
    ];

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
