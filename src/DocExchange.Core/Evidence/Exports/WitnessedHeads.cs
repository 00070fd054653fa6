using DocExchange.Core.Evidence.Stamping;
using DocExchange.Core.Evidence.Supplements;

namespace DocExchange.Core.Evidence.Exports;

/// <summary>
/// Heads that others vouch for: a reader who has kept nothing himself can hold what an authority stamped or a witness co-signed, because neither
/// can be made anew by whoever has the hub's key alone.
/// </summary>
public static class WitnessedHeads
{
    /// <summary>The heads of a supplement that a trusted authority's stamp or a trusted witness' co-signature shows to be genuine; nothing for the others.</summary>
    public static HeldEvidence In(string name, Supplement supplement, TrustedParties trusted) =>
        new([.. supplement.Heads.Select(head => Of(name, head, trusted)).OfType<HeldHead>()], []);

    private static HeldHead? Of(string name, SupplementHead supplied, TrustedParties trusted)
    {
        if (HeadCheck.Fault(supplied.Head, trusted.Hubs) is not null) return null;
        if (Stamped(supplied, trusted) is { } stamped) return new HeldHead($"{name} (time-stamped {VietnamTime.Write(stamped)})", supplied.Head.Checkpoint);
        return Cosigned(supplied, trusted) is { } seen ? new HeldHead($"{name} (co-signed {VietnamTime.Write(seen)})", supplied.Head.Checkpoint) : null;
    }

    private static DateTimeOffset? Stamped(SupplementHead supplied, TrustedParties trusted) =>
        trusted.Authorities is null ? null : supplied.Stamps.Select(token => TimestampToken.Check(token, supplied.Head.Signature, trusted.Authorities, out _)).FirstOrDefault(time => time is not null);

    private static DateTimeOffset? Cosigned(SupplementHead supplied, TrustedParties trusted) =>
        trusted.Witnesses is null ? null : supplied.Cosignatures.Select(one => CosignatureCheck.TimeOf(supplied.Head, one.Signature, one.Chain, trusted.Witnesses, out _)).FirstOrDefault(time => time is not null);
}
