using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace DocExchange.Client;

/// <summary>A refusal of the hub's JSON interface (RFC 9457).</summary>
/// <param name="Code">The hub's stable code, <c>DX-nnnn</c>; see docs/problems.md.</param>
/// <param name="Path">The element or member at fault.</param>
/// <param name="ReceiptId">The receipt of this refusal, where one was made.</param>
public sealed record HubProblem(
    string? Code, string? Path, string? Title, string? Detail, string? DetailVi, string? Fix, string? FixVi, string? ReceiptId)
{
    /// <summary>Of a refused file of agencies: what it would have changed, and its wrong rows.</summary>
    public ImportReport? Report { get; init; }

    /// <summary>The HTTP status it came with.</summary>
    [JsonIgnore]
    public HttpStatusCode Status { get; init; }
}

/// <summary>The hub refused a call: <see cref="Problem"/> says why and what to do.</summary>
public sealed class HubRefusedException(HubProblem problem)
    : Exception($"{problem.Code ?? "HTTP " + (int)problem.Status}: {problem.Detail ?? problem.Title ?? problem.Status.ToString()}")
{
    public HubProblem Problem { get; } = problem;

    internal static async Task<HubRefusedException> FromAsync(HttpResponseMessage response, CancellationToken ct)
    {
        HubProblem? problem = null;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                using var body = await response.Content.ReadAsStreamAsync(ct).ConfigureAwait(false);
                problem = await JsonSerializer.DeserializeAsync(body, HubJson.Default.HubProblem, ct).ConfigureAwait(false);
            }
            catch (JsonException)
            {
                // A body that is no problem document says nothing: the HTTP status does.
                problem = null;
            }
        }
        return new HubRefusedException((problem ?? new HubProblem(null, null, response.ReasonPhrase, null, null, null, null, null)) with { Status = response.StatusCode });
    }
}
