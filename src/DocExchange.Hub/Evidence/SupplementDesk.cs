using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Evidence.Supplements;
using DocExchange.Core.Parties;
using DocExchange.Core.Ports;

namespace DocExchange.Hub.Evidence;

/// <summary>Gives out the supplements of receipts the caller may see.</summary>
public sealed class SupplementDesk(IExchangeStore exchange, ILogStore log, LogPublisher publisher, ITrustStore trust)
{
    private readonly SupplementMaker _maker = new(log, publisher, trust);

    /// <summary>The supplement as of now; null when there is no such receipt or it is not the caller's.</summary>
    public async Task<byte[]?> FindAsync(Scope scope, string receiptId, CancellationToken cancellationToken) =>
        await exchange.FindReceiptAsync(scope, receiptId, cancellationToken).ConfigureAwait(false) is { } receipt
            ? SupplementFormat.Render(await _maker.MakeAsync(receipt, cancellationToken).ConfigureAwait(false))
            : null;
}
