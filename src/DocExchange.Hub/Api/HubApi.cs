using DocExchange.Core.Parties;
using DocExchange.Hub.Edges.Rest;
using DocExchange.Hub.Edges.Rest.Description;
using DocExchange.Hub.Edges.Rest.Uploads;
using DocExchange.Hub.Trust;

namespace DocExchange.Hub.Api;

/// <summary>The routes of the JSON interface: those of systems, and the directory and dead letters for operators.</summary>
internal static class HubApi
{
    public const string Version1 = "/api/v1";

    public static void MapHubApi(this WebApplication web)
    {
        var systems = web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.System));
        systems.MapDocuments();
        systems.MapTracking();
        systems.MapInbox();
        systems.MapCopySignatures();
        systems.MapStatuses();
        systems.MapEvents();
        systems.MapUploads();

        web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.SystemOrOperator)).MapDirectory();

        var operators = web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.Operator));
        operators.MapAgencies();
        operators.MapImports();
        operators.MapSystems();
        operators.MapDirectoryRequests();
        operators.MapDeadLetters();
        operators.MapSettings();
        operators.MapAlarms();
        operators.MapAxes();
        operators.MapRejudging();

        var officers = web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.SecurityOfficer));
        officers.MapCredentials();
        officers.MapAccounts();
        officers.MapTrust();
        web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.Approver)).MapApprovals();

        web.MapGroup(Version1).WithMetadata(new CallerNeeded(CallerKind.Auditor)).MapExports();
        web.MapApiDescription();
    }

    /// <summary>Who acts, by internal id, for the evidence.</summary>
    public static string Actor(HttpContext http) => Actor((Account)http.Items[RestCaller.Item]!);

    public static string Actor(Account account) => "account " + account.Id;
}
