namespace DocExchange.Sandbox.Authorities;

/// <summary>The authorities over HTTP, as real ones are reached.</summary>
internal static class AuthorityEndpoints
{
    private const int LongestRequest = 64 * 1024;

    public static void MapAuthorities(this WebApplication web, SandboxAuthority authority, TimeProvider time)
    {
        var stamps = new TimestampResponder(authority, time);
        var ocsp = new OcspResponder(authority, time);
        web.MapPost("/tsa", http => AnswerAsync(http, stamps.Answer, "application/timestamp-reply"));
        web.MapPost("/ocsp", http => AnswerAsync(http, ocsp.Answer, "application/ocsp-response"));
        web.MapGet("/root.pem", () => Results.Text(authority.Root.ExportCertificatePem() + "\n", "application/x-pem-file"));
    }

    private static async Task AnswerAsync(HttpContext http, Func<byte[], byte[]> answer, string type)
    {
        if (http.Request.ContentLength is not { } length || length > LongestRequest)
        {
            http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
            return;
        }
        var request = new byte[length];
        await http.Request.Body.ReadExactlyAsync(request, http.RequestAborted).ConfigureAwait(false);
        http.Response.ContentType = type;
        await http.Response.Body.WriteAsync(answer(request), http.RequestAborted).ConfigureAwait(false);
    }
}
