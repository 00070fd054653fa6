using System.Security.Cryptography;
using DocExchange.Core.Evidence.Publishing;
using DocExchange.Core.Ports;

namespace DocExchange.Core.Evidence.Supplements;

/// <summary>
/// Makes a receipt's supplement from the published tiles: the first heads behind the receipt that an authority stamped and a witness co-signed,
/// which say how old it is, and the newest stamped one, whose algorithms are today's.
/// </summary>
public sealed class SupplementMaker(ILogStore store, LogPublisher publisher, ITrustStore trust)
{
    /// <summary>A long list of revoked certificates is not carried with every receipt.</summary>
    private const int LongestAnswer = 64 * 1024;

    private const int MostOfAnswers = 256 * 1024;

    /// <exception cref="LogDamagedException">The tiles do not lead from the receipt to a signed head: rebuild them.</exception>
    public async Task<Supplement> MakeAsync(ReceiptParts receipt, CancellationToken cancellationToken)
    {
        if (!Checkpoint.TryParse(receipt.Checkpoint, out var own)) throw new FormatException("The receipt's checkpoint cannot be read.");
        var epoch = store.Epochs.Single(known => known.Origin == own.Origin);
        var stamps = await store.StampsAsync(epoch, receipt.Index + 1, newest: false, cancellationToken).ConfigureAwait(false);
        var newest = await store.StampsAsync(epoch, receipt.Index + 1, newest: true, cancellationToken).ConfigureAwait(false);
        var cosignatures = await store.CosignaturesAsync(epoch, receipt.Index + 1, newest: false, cancellationToken).ConfigureAwait(false);
        var heads = new List<SupplementHead>();
        foreach (var size in stamps.Concat(newest).Select(s => s.Size).Concat(cosignatures.Select(c => c.Size)).Distinct().Order())
        {
            if (await store.HeadAtAsync(epoch, size, cancellationToken).ConfigureAwait(false) is not { } head) continue;
            var path = await PathAsync(epoch, receipt, head, cancellationToken).ConfigureAwait(false);
            heads.Add(new SupplementHead(head, path,
                [.. stamps.Concat(newest).Where(s => s.Size == size).DistinctBy(s => s.Authority).Select(s => s.Token)],
                [.. cosignatures.Where(c => c.Size == size).Select(c => new WitnessProof(c.Signature, c.Chain))]));
        }
        if (heads.Count > 0) heads[^1] = heads[^1] with { Revocation = await RevocationAsync([.. receipt.Chain, .. heads[^1].Head.Chain], cancellationToken).ConfigureAwait(false) };
        return new Supplement(receipt.Id, heads);
    }

    /// <summary>The newest that is known of each certificate.</summary>
    private async Task<IReadOnlyList<byte[]>> RevocationAsync(IReadOnlyList<byte[]> certificates, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var key in certificates.Select(der => Convert.ToHexStringLower(SHA256.HashData(der))).Distinct())
        {
            if (await trust.ProofOfAsync(key, cancellationToken).ConfigureAwait(false) is not { } answer || answer.Length > LongestAnswer) continue;
            if (answers.Values.Sum(known => known.Length) + answer.Length <= MostOfAnswers) answers.TryAdd(Convert.ToHexStringLower(SHA256.HashData(answer)), answer);
        }
        return [.. answers.Values];
    }

    private async Task<IReadOnlyList<byte[]>> PathAsync(LogEpoch epoch, ReceiptParts receipt, SignedHead head, CancellationToken cancellationToken)
    {
        var size = head.Checkpoint.Size;
        var files = publisher.FolderOf(epoch);
        if ((files.ReadCheckpoint()?.Size ?? 0) < size) await publisher.PublishAsync(cancellationToken).ConfigureAwait(false);
        var tree = TiledTree.Over(size, tile => files.ReadTile(tile) ?? throw new LogDamagedException($"The published tile {tile.Path} of {epoch.Origin} is missing."));
        var path = tree.InclusionPath(receipt.Index, size);
        if (InclusionProof.Verify(MerkleHash.Leaf(receipt.Salt, receipt.Entry), receipt.Index, size, path, head.Checkpoint.Root)) return path;
        throw new LogDamagedException($"The published tiles of {epoch.Origin} do not lead from entry {receipt.Index} to the head of {size}.");
    }
}
