using System.Text.Json;

namespace DocExchange.Client;

/// <summary>Accounts, and what waits for a second person.</summary>
public sealed partial class HubClient
{
    public Task<JsonElement> AccountsAsync(CancellationToken ct = default) => GetElementAsync("accounts", ct);

    /// <summary>
    /// Makes the account, or gives it a new password and this role; its sessions end. An account that is or becomes an operator's or a security
    /// officer's may need another person's approval: then nothing is done yet, and who approves is shown the password.
    /// </summary>
    /// <param name="agency">What a clerk may see; null for other roles.</param>
    public async Task<AccountSet> SetAccountAsync(string name, string role, string? agency, CancellationToken ct = default)
    {
        using var content = Json(new NewAccount(role, agency), HubJson.Default.NewAccount);
        using var response = await SendAsync(HttpMethod.Put, "accounts/" + Segment(name), content, ct).ConfigureAwait(false);
        return await WaitingAsync(response, ct).ConfigureAwait(false) is { } waiting
            ? new AccountSet(null, waiting)
            : new AccountSet(await ReadAsync(response, HubJson.Default.IssuedPassword, ct).ConfigureAwait(false), null);
    }

    public Task DisableAccountAsync(string name, CancellationToken ct = default) => PostAsync($"accounts/{Segment(name)}/disable", ct);

    /// <summary>For who lost phone and recovery codes. Returns the request that waits for another person's approval; null when it was done at once.</summary>
    public Task<JsonElement?> RemoveSecondFactorAsync(string name, CancellationToken ct = default) =>
        DoOrAskAsync(HttpMethod.Delete, $"accounts/{Segment(name)}/second-factor", ct);

    /// <summary>
    /// Links the account to a person of the organisation's sign-in; its sessions end. Returns the request that waits for another person's approval;
    /// null when it was done at once.
    /// </summary>
    /// <param name="subject">As the issuer names the person.</param>
    /// <param name="withoutPassword">Takes the account's password away, so that the issuer's sign-in is the only one.</param>
    public async Task<JsonElement?> LinkAccountAsync(string name, string subject, bool withoutPassword, CancellationToken ct = default)
    {
        using var content = Json(new LinkedPerson(subject, withoutPassword), HubJson.Default.LinkedPerson);
        return await DoOrAskAsync(HttpMethod.Put, $"accounts/{Segment(name)}/identity", ct, content).ConfigureAwait(false);
    }

    public async Task UnlinkAccountAsync(string name, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Delete, $"accounts/{Segment(name)}/identity", null, ct).ConfigureAwait(false);
    }

    public Task<JsonElement> ApprovalsAsync(CancellationToken ct = default) => GetElementAsync("approvals", ct);

    /// <summary>Approving carries the act out; nobody approves a request of one's own. Returns the password of an account that was made so, shown this once.</summary>
    public async Task<IssuedPassword?> ApproveAsync(string id, CancellationToken ct = default)
    {
        using var response = await SendAsync(HttpMethod.Post, $"approvals/{Segment(id)}/approve", null, ct).ConfigureAwait(false);
        return response.StatusCode == System.Net.HttpStatusCode.OK ? await ReadAsync(response, HubJson.Default.IssuedPassword, ct).ConfigureAwait(false) : null;
    }

    public Task RejectAsync(string id, CancellationToken ct = default) => PostAsync($"approvals/{Segment(id)}/reject", ct);
}

/// <param name="Role"><c>clerk</c>, <c>operator</c>, <c>auditor</c> or <c>securityofficer</c>.</param>
public sealed record NewAccount(string Role, string? Agency);

/// <param name="Subject">As the organisation's issuer names the person.</param>
public sealed record LinkedPerson(string Subject, bool WithoutPassword);

/// <summary>Shown this once.</summary>
public sealed record IssuedPassword(string Name, string Role, string Password);

/// <param name="Issued">Null while it waits.</param>
/// <param name="Waiting">The request that another person must approve; null when it was done at once.</param>
public sealed record AccountSet(IssuedPassword? Issued, JsonElement? Waiting);
