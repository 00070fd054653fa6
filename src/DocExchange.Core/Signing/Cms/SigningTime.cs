namespace DocExchange.Core.Signing.Cms;

/// <summary>What is said of the time of a signature, before anything of it is believed.</summary>
/// <param name="Claimed">By the signer's computer.</param>
/// <param name="Stamp">A token (RFC 3161) over the signature, DER.</param>
/// <param name="Stamped">The bytes the token must be over.</param>
/// <param name="ProvenBy">A time-stamp over the whole document, already judged, proves that the signature was there then.</param>
internal sealed record SigningTime(DateTimeOffset? Claimed, ReadOnlyMemory<byte>? Stamp, ReadOnlyMemory<byte> Stamped, DateTimeOffset? ProvenBy = null);
