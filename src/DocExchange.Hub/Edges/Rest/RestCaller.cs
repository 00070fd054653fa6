using DocExchange.Core.Parties;

namespace DocExchange.Hub.Edges.Rest;

/// <summary>Who may call an endpoint; stands in its metadata and is decided before anything of the request is read.</summary>
public enum CallerKind
{
    /// <summary>Documentation only.</summary>
    Anyone,

    /// <summary>A partner system with its API key.</summary>
    System,

    /// <summary>A person with the operator's role; auditors may read.</summary>
    Operator,

    /// <summary>A person with the security officer's role; auditors and operators may read.</summary>
    SecurityOfficer,

    /// <summary>An operator or a security officer, by what is to be approved; auditors may read.</summary>
    Approver,

    /// <summary>A person with the auditor's or the operator's role.</summary>
    Auditor,

    /// <summary>A system or an operator, by the scheme of its Authorization header.</summary>
    SystemOrOperator,
}

/// <summary>The authenticated calling system, as handlers take it.</summary>
public sealed record RestCaller(PartnerSystem System, PartyBook Parties, Scope Scope)
{
    internal const string Item = "caller";

    public static ValueTask<RestCaller?> BindAsync(HttpContext http)
    {
        var system = (PartnerSystem)http.Items[Item]!;
        var book = http.RequestServices.GetRequiredService<CurrentParties>().Book;
        return ValueTask.FromResult<RestCaller?>(new RestCaller(system, book, book.ScopeOf(system)));
    }
}
