using System.Net;
using System.Text;
using DocExchange.Axis.Protocol;
using Xunit;

namespace DocExchange.UnitTests.Client;

/// <summary>A hub's side of the wire: keeps each request and its body, answers what it was told.</summary>
internal sealed class RecordedHub(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public static readonly byte[] Secret = "the secret"u8.ToArray();

    public List<(HttpRequestMessage Request, byte[] Body)> Calls { get; } = [];

    public static RecordedHub Json(string json, HttpStatusCode status = HttpStatusCode.OK, string type = "application/json") =>
        new(_ => new HttpResponseMessage(status) { Content = new StringContent(json, Encoding.UTF8, type) });

    public HttpResponseMessage Answer(HttpRequestMessage request) => answer(request);

    /// <summary>What the last call signed, checked as the hub's edge checks it.</summary>
    public SignedValues Signed()
    {
        var headers = Calls[^1].Request.Headers.NonValidated
            .SelectMany(header => header.Value.Select(value => new KeyValuePair<string, string>(header.Key, value))).ToList();
        return Assert.IsType<SignatureCheck.Valid>(HeaderSignature.Verify(headers, [Secret])).Values;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Calls.Add((request, request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken)));
        return answer(request);
    }
}
