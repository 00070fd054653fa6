using System.Globalization;
using DocExchange.Core.Signing.Cms;
using DocExchange.Core.Signing.Verdicts;

namespace DocExchange.Core.Signing.Pdf;

/// <summary>Judges every signature of one PDF: first how it stands in the file, then the message itself.</summary>
internal sealed class PdfJudge(CmsJudge cms, PdfLimits limits, JudgingBudget budget)
{
    private static readonly string[] Detached = ["adbe.pkcs7.detached", "ETSI.CAdES.detached"];

    /// <param name="content">Seekable; left open.</param>
    public IReadOnlyList<SignatureVerdict> Judge(Stream content, int attachment, string? file)
    {
        try
        {
            var signatures = PdfSignatures.Read(content, limits, budget);
            SignatureVerdict Begun(PdfSignature signature) => new() { Attachment = attachment, File = file, Format = FormatOf(signature) };
            var stamps = signatures.Where(s => s.IsTimeStamp).Select(s => (Stamp: s, Verdict: JudgeOne(content, s, Begun(s), null))).ToList();
            return [.. signatures.Select(one => one.IsTimeStamp ? stamps.First(s => ReferenceEquals(s.Stamp, one)).Verdict : Told(JudgeOne(content, one, Begun(one), ProvenBy(one, stamps))))];
        }
        catch (JudgingLimitException)
        {
            return [new SignatureVerdict { Attachment = attachment, File = file, Format = "pdf", Remarks = [Remark.LimitReached] }];
        }
    }

    /// <summary>The first time-stamp that can be relied on and covers what the signature covers and the signature itself (ETSI EN 319 142-1 §5.4.3).</summary>
    private static DateTimeOffset? ProvenBy(PdfSignature signature, List<(PdfSignature Stamp, SignatureVerdict Verdict)> stamps) =>
        stamps.Where(s => s.Stamp.GapStart >= signature.End && s.Verdict.Class == LegalClass.LegallySigned && s.Verdict.IsTimeProven).Min(s => s.Verdict.SignedAt);

    /// <summary>That what it covers is unchanged is said of nothing that is broken.</summary>
    private static SignatureVerdict Told(SignatureVerdict found) =>
        found.Class == LegalClass.Broken ? found with { Remarks = [.. found.Remarks.Where(one => one != Remark.AddedLater)] } : found;

    private SignatureVerdict JudgeOne(Stream content, PdfSignature signature, SignatureVerdict found, DateTimeOffset? provenBy)
    {
        if (signature.Fault is { } fault) found = found with { Remarks = [RemarkOf(fault)] };
        else if (signature.End < content.Length) found = found with { Remarks = [Remark.AddedLater] };
        // What was added later leaves the signer's name of use; where the range is wrong there is nothing to hash.
        if (signature.Fault is PdfFault.ByteRange or PdfFault.Gap) return found;
        if (signature.IsTimeStamp) return cms.JudgeTimeStamp(found, Unpadded(signature.Contents), hash => RangeHash.Of(content, signature, hash, budget));
        if (!Detached.Contains(signature.SubFilter)) return found with { Remarks = [.. found.Remarks, Remark.Unsupported] };
        return cms.Judge(found with { SignedAt = TimeOf(signature.ClaimedTime) }, signature.Contents, hash => RangeHash.Of(content, signature, hash, budget), provenBy);
    }

    private static string FormatOf(PdfSignature signature) => signature.SubFilter.Length is > 0 and <= 40 ? signature.SubFilter : "pdf";

    private static Remark RemarkOf(PdfFault fault) => fault switch
    {
        PdfFault.ByteRange => Remark.ByteRange,
        PdfFault.Gap => Remark.Gap,
        PdfFault.Overlap => Remark.Overlap,
        PdfFault.Revision => Remark.Revision,
        PdfFault.Changed => Remark.Changed,
        PdfFault.Certification => Remark.Certification,
        _ => Remark.Ambiguous,
    };

    /// <summary>A token's decoder takes no padding.</summary>
    private static ReadOnlyMemory<byte> Unpadded(ReadOnlyMemory<byte> contents)
    {
        var end = contents.Span.LastIndexOfAnyExcept((byte)0) + 1;
        // A token may itself end in zeros; its own length decides.
        return System.Formats.Asn1.AsnDecoder.TryReadEncodedValue(contents.Span, System.Formats.Asn1.AsnEncodingRules.BER, out _, out _, out _, out var whole) && whole >= end ? contents[..whole] : contents[..end];
    }

    /// <summary>A PDF date: <c>D:20261121110000+07'00'</c> (ISO 32000-1 §7.9.4). Without a zone it is Vietnam's.</summary>
    internal static DateTimeOffset? TimeOf(string? text)
    {
        if (text is null || !text.StartsWith("D:", StringComparison.Ordinal) || text.Length < 16) return null;
        if (!DateTime.TryParseExact(text.AsSpan(2, 14), "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        var zone = text[16..].Replace("'", "", StringComparison.Ordinal);
        if (zone.Length == 0) return Shifted(local, TimeSpan.FromHours(7));
        if (zone[0] == 'Z') return Shifted(local, TimeSpan.Zero);
        if (zone.Length < 5 || zone[0] is not ('+' or '-') || !int.TryParse(zone.AsSpan(1, 4), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return null;
        var offset = new TimeSpan(digits / 100, digits % 100, 0);
        return offset > TimeSpan.FromHours(14) ? null : Shifted(local, zone[0] == '-' ? -offset : offset);
    }

    /// <summary>Null where the first or the last year is left: whoever writes such a date claims no time.</summary>
    private static DateTimeOffset? Shifted(DateTime local, TimeSpan offset)
    {
        var ticks = local.Ticks - offset.Ticks;
        return ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(ticks, TimeSpan.Zero);
    }
}
