using System.Net;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace DocExchange.Sandbox.OpenId;

/// <summary>The provider over HTTP, below <c>/openid</c>: its document, its keys, the page where a person is chosen, and tokens for codes.</summary>
internal static class OpenIdEndpoints
{
    private const string Path = "/openid";

    public static void MapOpenId(this WebApplication web, OpenIdProvider provider)
    {
        var at = web.MapGroup(Path);
        at.MapGet("/.well-known/openid-configuration", (HttpContext http) => Results.Json(Document(Issuer(http))));
        at.MapGet("/jwks", () => Results.Json(provider.Keys()));
        at.MapGet("/authorize", (HttpContext http) => Asked(http.Request.Query) is null ? Refused() : Results.Text(OpenIdPage.Of(http.Request.QueryString.ToString()), "text/html; charset=utf-8"));
        at.MapPost("/authorize", http => ChooseAsync(http, provider));
        at.MapPost("/token", http => TokenAsync(http, provider));
        at.MapGet("/leave", (HttpContext http) => IsHere(http.Request.Query["post_logout_redirect_uri"].ToString()) ? Results.Redirect(http.Request.Query["post_logout_redirect_uri"].ToString()) : Results.Text("Signed out of the sandbox."));
    }

    private static object Document(string issuer) => new
    {
        issuer,
        authorization_endpoint = issuer + "/authorize",
        token_endpoint = issuer + "/token",
        jwks_uri = issuer + "/jwks",
        end_session_endpoint = issuer + "/leave",
        response_types_supported = new[] { "code" },
        subject_types_supported = new[] { "public" },
        id_token_signing_alg_values_supported = new[] { "RS256" },
        token_endpoint_auth_methods_supported = new[] { "client_secret_basic" },
        code_challenge_methods_supported = new[] { "S256" },
        authorization_response_iss_parameter_supported = true,
    };

    private static async Task ChooseAsync(HttpContext http, OpenIdProvider provider)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        if (Asked(http.Request.Query) is not { } asked)
        {
            await Refused().ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        var answer = new Dictionary<string, string?> { ["state"] = http.Request.Query["state"], ["iss"] = Issuer(http) };
        if (form["person"].ToString() is { Length: > 0 } person) answer["code"] = provider.Grant(asked with { Subject = person, SecondFactor = form["mfa"].Count > 0 });
        else answer["error"] = "access_denied";
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = QueryHelpers.AddQueryString(asked.Return, answer);
    }

    private static async Task TokenAsync(HttpContext http, OpenIdProvider provider)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted).ConfigureAwait(false);
        var expected = "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes($"{OpenIdProvider.Client}:{provider.Secret}"));
        if (http.Request.Headers.Authorization.ToString() != expected)
        {
            await Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized).ExecuteAsync(http).ConfigureAwait(false);
            return;
        }
        var token = provider.Redeem(Issuer(http), form["code"].ToString(), form["code_verifier"].ToString(), form["redirect_uri"].ToString());
        var answer = token is null ? Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest)
            : Results.Json(new { id_token = token, access_token = Core.Ids.Secret(), token_type = "Bearer", expires_in = 300 });
        await answer.ExecuteAsync(http).ConfigureAwait(false);
    }

    /// <summary>Null when the question is none this provider answers.</summary>
    private static OpenIdGrant? Asked(IQueryCollection query) =>
        query["response_type"] == "code" && query["client_id"] == OpenIdProvider.Client && query["code_challenge_method"] == "S256" && query["scope"].ToString().Split(' ').Contains("openid")
            && query["code_challenge"].ToString() is { Length: > 0 } challenge && query["redirect_uri"].ToString() is var back && IsHere(back)
            ? new OpenIdGrant(OpenIdProvider.Client, back, challenge, query["nonce"].ToString(), "", SecondFactor: false, default)
            : null;

    private static bool IsHere(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.IsLoopback || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip)));

    private static IResult Refused() => Results.Text("This question is not one the sandbox answers: response_type=code, client_id, PKCE with S256, and a redirect_uri on this machine.", statusCode: StatusCodes.Status400BadRequest);

    private static string Issuer(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}{Path}";
}
