using DocExchange.Core.Ports;
using DocExchange.Core.Signing.Verdicts;
using DocExchange.Core.Tracking;

namespace DocExchange.Core.Signing.Trust;

/// <summary>
/// Judges one accepted document again from its package, by the trust list of today and as of its acceptance: whatever was <c>untrusted</c> because its authority was put on the list
/// later counts from then on. The acceptance's verdict stays; the later one is an entry of its own.
/// </summary>
public sealed class PackageRejudging(IPackageStore packages, IRejudgingStore verdicts, SignatureDesk desk, TimeProvider time)
{
    /// <summary>True when a later verdict was written, false when nothing else is said than before, null when the package is no longer kept.</summary>
    /// <param name="actor">Who asked for it, by internal id.</param>
    /// <exception cref="StoreUnavailableException">Nothing was written.</exception>
    public async Task<bool?> JudgeAsync(DocumentTrack track, string actor, CancellationToken cancellationToken)
    {
        // A document that had nothing to be judged has nothing now: its bytes are the same.
        if ((track.LaterSignatures ?? track.Signatures) is not { } last) return false;
        if (await packages.OpenAsync(track.Digest, cancellationToken).ConfigureAwait(false) is not { } package) return null;
        DocumentVerdict verdict;
        await using (package.ConfigureAwait(false)) verdict = desk.JudgeAgain(package, track.Sender, track.AcceptedAt, cancellationToken);
        var now = time.GetUtcNow();
        var record = last.Again(verdict, now);
        // Written of one time, the two differ only in what they say.
        if (record.Digest == last.Again(last.Read(), now).Digest) return false;
        await verdicts.RecordAsync(track.DocId, new JudgedSignatures(verdict, record), actor, cancellationToken).ConfigureAwait(false);
        return true;
    }
}
