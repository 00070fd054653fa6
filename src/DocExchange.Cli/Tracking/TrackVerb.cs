using System.Globalization;
using DocExchange.Client;

namespace DocExchange.Cli.Tracking;

internal sealed class TrackVerb() : Verb("track", "ID", "show where a document is, by DocId or DocumentId", "tra cứu văn bản theo DocId hoặc DocumentId")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        var id = arguments.Operands[0];
        var hub = session.Tracking();
        // The hub's own ids are long and hexadecimal; anything else is a DocumentId, which is opaque and may name several documents.
        if (id.Length >= 24 && id.All(char.IsAsciiHexDigit))
        {
            Show(session, await hub.TrackAsync(id, ct).ConfigureAwait(false));
            return ExitCode.Done;
        }
        var found = await hub.FindAsync(id, ct).ConfigureAwait(false);
        if (found.Count == 0)
            throw new CommandFailed(ExitCode.Refused, $"No document {id} that this system may see.", $"Không có văn bản {id} mà hệ thống này được xem.");
        if (session.Output.IsJson) session.Output.Table(found, "");
        else foreach (var track in found) Show(session, track);
        return ExitCode.Done;
    }

    private static void Show(Session session, DocumentTrack track)
    {
        var output = session.Output;
        output.Record(track,
            ("DocId", track.DocId), ("DocumentId", track.DocumentId), ("Kind / Loại", $"{track.Kind} {track.BusinessType}".Trim()),
            ("Code / Số ký hiệu", track.Code), ("Subject / Trích yếu", track.Subject), ("Sender / Nơi gửi", track.Sender),
            ("Accepted / Tiếp nhận", Output.Time(track.AcceptedAt)), ("SHA-256", track.Digest),
            ("Bytes", track.Size.ToString(CultureInfo.InvariantCulture)), ("Receipt / Biên nhận", track.ReceiptId),
            ("Signatures / Chữ ký số", track.Signatures is { } worth ? $"{worth.English} / {worth.Vietnamese}" : null),
            ("Malware / Mã độc", track.Malware is { } scan ? string.Join(", ", new[] { scan.Outcome, scan.Reason, scan.Engine, Output.Time(scan.At) }.Where(part => !string.IsNullOrEmpty(part))) : null));
        if (output.IsJson) return;
        Heading(output, "Deliveries / Giao nhận");
        output.Table(track.Deliveries, "No delivery. / Không có nơi nhận.",
            ("AGENCY", delivery => delivery.Agency), ("NAME", delivery => delivery.Name), ("STATE", delivery => delivery.State),
            ("SINCE", delivery => Output.Time(delivery.Since)), ("FETCHED", delivery => delivery.FetchedCount.ToString(CultureInfo.InvariantCulture)));
        ShowSignatures(output, track.Signatures);
        if (track.Statuses.Count > 0)
        {
            Heading(output, "Statuses / Trạng thái xử lý");
            output.Table(track.Statuses, "",
                ("REPORTER", status => status.Reporter), ("STATUS", status => $"{status.Code} {status.Name}"), ("TEXT", status => status.Description),
                ("AT", status => Output.Time(status.At)), ("BY", status => status.RecordedByHub ? "hub" : "agency"));
        }
        if (track.Events.Count == 0) return;
        Heading(output, "Log / Nhật ký");
        output.Table(track.Events, "",
            ("LEAF", happened => happened.Index.ToString(CultureInfo.InvariantCulture)), ("EVENT", happened => happened.Event), ("TIME", happened => Output.Time(happened.Time)));
    }

    private static void Heading(Output output, string text)
    {
        output.Line("");
        output.Line(text);
    }

    private static void ShowSignatures(Output output, DocumentSignatures? signatures)
    {
        if (signatures is null) return;
        Heading(output, "Signatures / Chữ ký số");
        foreach (var remark in signatures.Remarks) output.Line($"{remark.English} / {remark.Vietnamese}");
        if (signatures.Signatures.Count == 0) return;
        output.Table(signatures.Signatures, "",
            ("SIGNER", one => one.Signer), ("ROLE", one => one.Role), ("FILE", one => one.File), ("WORTH", one => one.Class),
            ("SIGNED AT", one => one.SignedAt is { } at ? Output.Time(at) : ""), ("REMARKS", one => string.Join(", ", one.Remarks.Select(r => r.Code))));
    }
}
