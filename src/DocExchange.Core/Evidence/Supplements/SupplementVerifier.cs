using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Signing;

namespace DocExchange.Core.Evidence.Supplements;

/// <summary>
/// Checks a supplement against the receipt it belongs to: since when the receipt can be shown to have existed, and whether that is early enough
/// where its key was in wrong hands.
/// </summary>
public static class SupplementVerifier
{
    /// <summary>Checks to add to those of the receipt itself.</summary>
    public static IReadOnlyList<ReceiptCheck> Verify(ReceiptParts receipt, ReadOnlySpan<byte> bytes, TrustedParties trusted, IReadOnlyList<CompromisedKey> compromised)
    {
        var checks = new List<ReceiptCheck>();
        if (SupplementFormat.TryParse(bytes, out var error) is not { } supplement || supplement.Receipt != receipt.Id)
        {
            checks.Add(Failed("supplement", error.Length > 0 ? error : "The supplement belongs to another receipt.", "Tệp bổ sung không nguyên vẹn hoặc thuộc biên nhận khác."));
            return [.. checks, .. Compromise(receipt, [], compromised)];
        }
        if (supplement.Heads.Count == 0)
        {
            checks.Add(new ReceiptCheck("supplement", CheckOutcome.NotChecked, "Nobody has stamped or co-signed the log behind this receipt yet.", "Chưa có dấu thời gian hay chữ ký nhân chứng nào sau biên nhận này."));
        }
        var proofs = new List<HeadProof>();
        foreach (var head in supplement.Heads) Check(checks, proofs, receipt, head, trusted);
        if (RevocationClaim.Of(receipt, supplement, proofs.Select(proof => proof.Seen).OfType<DateTimeOffset>(), trusted) is { } claim) checks.Add(claim);
        return [.. checks, .. Compromise(receipt, proofs, compromised)];
    }

    /// <summary>The same rule for a receipt without a supplement.</summary>
    public static IReadOnlyList<ReceiptCheck> WithoutSupplement(ReceiptParts receipt, IReadOnlyList<CompromisedKey> compromised) => [.. Compromise(receipt, [], compromised)];

    private static void Check(List<ReceiptCheck> checks, List<HeadProof> proofs, ReceiptParts receipt, SupplementHead supplied, TrustedParties trusted)
    {
        var head = supplied.Head;
        if ((HeadCheck.Fault(head, trusted.Hubs) ?? InclusionFault(receipt, supplied)) is { } fault)
        {
            checks.Add(Failed("head", $"The head of {head.Checkpoint.Size} entries proves nothing: {fault}.", $"Điểm kiểm tra {head.Checkpoint.Size} mục không chứng minh được gì."));
            return;
        }
        var keyId = HubKey.KeyIdOf(head.Chain[0]);
        if (trusted.Hubs is not null) proofs.Add(new HeadProof(keyId, null));
        foreach (var token in supplied.Stamps)
        {
            var time = TimestampToken.Check(token, head.Signature, trusted.Authorities, out var error);
            checks.Add(Claim("time-stamp", time, trusted.Authorities is null, error,
                "Time-stamped by {0}: the receipt is not younger.", "Dấu thời gian lúc {0}: biên nhận có trước thời điểm đó."));
            if (time is { } stamped && trusted.Authorities is not null) proofs.Add(new HeadProof(keyId, stamped));
        }
        foreach (var witness in supplied.Cosignatures)
        {
            var time = CosignatureCheck.TimeOf(head, witness.Signature, witness.Chain, trusted.Witnesses, out var error);
            checks.Add(Claim("witness", time, trusted.Witnesses is null, error, "A witness saw the log with it at {0}.", "Nhân chứng đã thấy nhật ký chứa biên nhận lúc {0}."));
            if (time is { } seen && trusted.Witnesses is not null) proofs.Add(new HeadProof(keyId, seen));
        }
    }

    private static string? InclusionFault(ReceiptParts receipt, SupplementHead supplied)
    {
        var head = supplied.Head.Checkpoint;
        if (!Checkpoint.TryParse(receipt.Checkpoint, out var own) || own.Origin != head.Origin) return "it is another log's";
        var leaf = MerkleHash.Leaf(receipt.Salt, receipt.Entry);
        return InclusionProof.Verify(leaf, receipt.Index, head.Size, supplied.Path, head.Root) ? null : "it does not hold this receipt's event";
    }

    private static ReceiptCheck Claim(string name, DateTimeOffset? time, bool nobodyNamed, string error, string english, string vietnamese)
    {
        if (time is not { } at) return Failed(name, $"It is not genuine: {error}.", "Không hợp lệ.");
        var written = VietnamTime.Write(at);
        return nobodyNamed
            ? new ReceiptCheck(name, CheckOutcome.NotChecked, $"It says {written}; who says so was not checked: name roots you trust.", $"Ghi {written}; chưa đối chiếu được ai xác nhận.")
            : new ReceiptCheck(name, CheckOutcome.Passed, string.Format(null, english, written), string.Format(null, vietnamese, written));
    }

    /// <summary>
    /// A compromised key's receipt stands when a stamp or a witness shows it from before, or when a head signed by a key that is not compromised
    /// holds it.
    /// </summary>
    private static IEnumerable<ReceiptCheck> Compromise(ReceiptParts receipt, IReadOnlyList<HeadProof> proofs, IReadOnlyList<CompromisedKey> compromised)
    {
        if (receipt.Chain.Count == 0 || compromised.FirstOrDefault(key => key.KeyId == HubKey.KeyIdOf(receipt.Chain[0])) is not { } bad) yield break;
        var stands = proofs.Any(proof => proof.Seen < bad.Since || compromised.All(key => key.KeyId != proof.KeyId));
        var since = VietnamTime.Write(bad.Since);
        yield return stands
            ? new ReceiptCheck("key", CheckOutcome.Passed, $"The signing key was in wrong hands since {since}; this receipt is shown to be older.", $"Khóa ký bị lộ từ {since}; biên nhận này được chứng minh có trước.")
            : new ReceiptCheck("key", CheckOutcome.Unproven, $"The signing key was in wrong hands since {since}, and nothing shows that this receipt is older.", $"Khóa ký bị lộ từ {since} và không có gì chứng minh biên nhận này có trước đó.");
    }

    private static ReceiptCheck Failed(string name, string english, string vietnamese) => new(name, CheckOutcome.Failed, english, vietnamese);

    /// <param name="Seen">By when somebody else had seen the head; null for the head's own signature alone.</param>
    private sealed record HeadProof(string KeyId, DateTimeOffset? Seen);
}
