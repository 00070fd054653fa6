using DocExchange.Core.Parties;

namespace DocExchange.Core.Routing;

/// <summary>Where one recipient's copy goes.</summary>
/// <param name="Recipient">The agency that receives it: a successor where the addressed one has expired.</param>
/// <param name="Mailbox">The system that fetches for it, decided now: later changes of the directory do not move it.</param>
/// <param name="AddressedAs">The codes the package used for it; several when one agency stands in To under its old and its new code.</param>
public sealed record Route(Agency Recipient, PartnerSystem Mailbox, IReadOnlyList<string> AddressedAs);
