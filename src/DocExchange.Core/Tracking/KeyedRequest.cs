using DocExchange.Core.Packages;

namespace DocExchange.Core.Tracking;

/// <summary>One request under an Idempotency-Key. Keys of different systems have nothing to do with each other.</summary>
/// <param name="Digest">SHA-256 over everything that makes it this request and no other.</param>
public sealed record KeyedRequest(long SystemId, string Key, ReadOnlyMemory<byte> Digest);

/// <summary>What the store remembers of a key.</summary>
/// <param name="Fits">True when it was used for this very request; false when for another one, and the rest says nothing.</param>
/// <param name="Repeated">The first answer already was that of an earlier submission without this key.</param>
public sealed record RememberedRequest(bool Fits, ReceiptRef Receipt, bool Repeated, IReadOnlyList<PackageWarning> Warnings);
