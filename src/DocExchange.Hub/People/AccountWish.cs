using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DocExchange.Core.Parties;
using DocExchange.Hub.Clerk.Sessions;

namespace DocExchange.Hub.People;

/// <summary>What is to become of a person's account.</summary>
/// <param name="Stamp">Of the account when it was asked for (<see cref="StampOf"/>).</param>
/// <param name="Role">Null where the role is not what changes.</param>
/// <param name="Subject">The person at the organisation's issuer.</param>
/// <param name="WithoutPassword">The issuer's sign-in is to be the only way in.</param>
internal sealed record AccountWish(string Name, string Stamp, Role? Role = null, long? AgencyId = null, string? Subject = null, bool WithoutPassword = false)
{
    /// <summary>True for who decides over others' access or over what goes through the hub: one person alone must not make, or become, such a one.</summary>
    public static bool IsPowerful(Role? role) => role is Core.Parties.Role.Operator or Core.Parties.Role.SecurityOfficer;

    /// <summary>
    /// Other after every change of the account. A wish about one that has changed since is void: nothing old is done to it, and what was done
    /// once is not done again.
    /// </summary>
    public static string StampOf(Account? account) => account is null ? "" : Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes($"{SessionCookies.StampOf(account)} {account.Role} {account.AgencyId} {account.Enabled}")).AsSpan(0, 8));

    public static AccountWish? Read(Approval approval) =>
        approval.Act is FourEyes.SaveAccount or FourEyes.LinkAccount or FourEyes.RemoveFactor ? JsonSerializer.Deserialize<AccountWish>(approval.Subject[approval.Words.Length..]) : null;

    /// <summary>As an approval keeps it. The evidence names people by internal id only.</summary>
    public string SubjectFor(Account? known)
    {
        var who = known is null ? "a new account" : string.Create(CultureInfo.InvariantCulture, $"account {known.Id}");
        return $"{who}{(Role is { } role ? " as " + role.ToString().ToLowerInvariant() : "")}\n{JsonSerializer.Serialize(this)}";
    }
}
