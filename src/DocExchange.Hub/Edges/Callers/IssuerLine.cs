namespace DocExchange.Hub.Edges.Callers;

/// <summary>
/// The way to issuers of tokens: short answers, soon, and from the address that was asked. What comes back decides who is let in, so it is
/// not followed to anywhere else.
/// </summary>
public sealed class IssuerLine : IDisposable
{
    private const int LongestAnswer = 256 * 1024;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = LongestAnswer,
    };

    public void Dispose() => Http.Dispose();
}
