using DocExchange.Core.Ports;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Delivery;

/// <summary>Makes a document ready to be pushed: its copy is made once and is durable before the first attempt begins.</summary>
public sealed class RelayPreparation(IRelayStore relays, IPackageStore packages)
{
    /// <summary>The begun call; null when nothing of the document waits any more.</summary>
    public async Task<RelayCall?> BeginAsync(RelayConnection connection, ITransport transport, WaitingDocument document, CancellationToken cancellationToken)
    {
        if (document.Copy is { } earlier)
        {
            return await relays.BeginAsync(new NewRelay(connection.Mailbox, document, earlier, null), cancellationToken).ConfigureAwait(false);
        }
        var original = await packages.OpenAsync(document.Digest, cancellationToken).ConfigureAwait(false);
        if (original is null)
        {
            // The attempt will find the content missing and say so in its own words.
            return await relays.BeginAsync(new NewRelay(connection.Mailbox, document, new RelayCopy(document.Digest, ""), null), cancellationToken).ConfigureAwait(false);
        }
        await using var reading = original.ConfigureAwait(false);
        // Let go only after the commit: until then its file is named by nobody.
        using var made = transport.MakeCopy(document, original);
        var body = made.Staged is { } staged ? new StoredBody(made.Digest, staged.Length, staged.Keep(made.Digest)) : null;
        return await relays.BeginAsync(new NewRelay(connection.Mailbox, document, new RelayCopy(made.Digest, made.Sender), body), cancellationToken).ConfigureAwait(false);
    }
}
