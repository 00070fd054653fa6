namespace DocExchange.Hub.Clerk.Sessions;

/// <summary>How a session began.</summary>
/// <param name="ByIssuer">With the organisation's account.</param>
/// <param name="FactorProven">With a second factor, this hub's or the issuer's.</param>
/// <param name="Began">When; null for one that begins now.</param>
public readonly record struct SessionKind(bool ByIssuer, bool FactorProven, DateTimeOffset? Began = null);
