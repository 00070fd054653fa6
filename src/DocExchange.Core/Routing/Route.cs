using DocExchange.Core.Parties;

namespace DocExchange.Core.Routing;

/// <summary>Where one recipient's copy goes.</summary>
/// <param name="Recipient">The agency that receives it: a successor where the addressed one has expired.</param>
/// <param name="Mailbox">The system that fetches for it, decided now; items still waiting follow the agency when it gets another system.</param>
/// <param name="AddressedAs">The codes the package used for it; several when one agency stands in To under its old and its new code.</param>
public sealed record Route(Agency Recipient, PartnerSystem Mailbox, IReadOnlyList<string> AddressedAs);
