using DocExchange.Core.Parties;

namespace DocExchange.Hub.Edges.Edoc;

/// <summary>Who calls in one of the dialects of provincial hubs: an organisation with its token.</summary>
/// <param name="OrganId">As the call writes it.</param>
/// <param name="Scope">The organisation and its units, as far as the system serves them; all that it serves where it calls by a name of its own.</param>
public sealed record EdocCaller(PartnerSystem System, string OrganId, PartyBook Parties, Scope Scope);
