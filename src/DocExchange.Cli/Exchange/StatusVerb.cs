using DocExchange.Axis.Calls;
using DocExchange.Axis.Protocol;
using DocExchange.Client;
using DocExchange.Core;
using DocExchange.Core.Envelopes;
using DocExchange.Core.Packages;
using DocExchange.Core.Tracking;

namespace DocExchange.Cli.Exchange;

/// <summary>
/// Reports a status of a document. What the status must say of the document (DocumentId, code, date) is taken from its package: fetched,
/// or with <c>--package</c> from a copy, which a sender needs who asks for a document back (13).
/// </summary>
internal sealed class StatusVerb() : Verb(
    "status", "DOCID CODE", "report a status of a document: 01-06, 13, 15, 16", "báo trạng thái xử lý văn bản: 01-06, 13, 15, 16",
    "--reason TEXT", "--from CODE", "--to CODE", "--package FILE", "--staff NAME", "--department NAME")
{
    public override async Task<ExitCode> RunAsync(Session session, Arguments arguments, CancellationToken ct)
    {
        if (!HandlingStatus.TryParse(arguments.Operands[1], out var status))
            throw CommandFailed.Usage($"\"{arguments.Operands[1]}\" is no status; there are {HandlingStatus.AllTexts}.", $"\"{arguments.Operands[1]}\" không phải mã trạng thái; có {HandlingStatus.AllTexts}.");
        if (status.NeedsReason && string.IsNullOrWhiteSpace(arguments["--reason"]))
            throw CommandFailed.Usage($"Status {status.Text} needs --reason TEXT.", $"Trạng thái {status.Text} cần --reason LÝ_DO.");

        var exchange = session.Exchange();
        var document = arguments["--package"] is { } copy
            ? Read(await File.ReadAllBytesAsync(copy, ct).ConfigureAwait(false))
            : Read(await FetchAsync(exchange, arguments.Operands[0], ct).ConfigureAwait(false));
        var bySender = status.ReportedBy == StatusReporter.Sender;
        var recipient = bySender ? Recipient(document, arguments["--to"], "--to", session.SystemId)
            : Recipient(document, arguments["--from"], "--from", await OwnCodeAsync(exchange, document, session.SystemId, ct).ConfigureAwait(false));
        var package = Package(document, status, recipient, arguments, session);
        using var bytes = new MemoryStream();
        PackageWriter.WriteStatus(bytes, package);
        bytes.Position = 0;
        var sent = Session.Granted(await exchange.SendAsync(bytes, VxpNames.MessageStatus, package.From.OrganId!, ct: ct).ConfigureAwait(false));
        session.Output.Record(sent, ("Status / Trạng thái", $"{status.Text} {status.Vietnamese} ({status.English})"), ("DocId", sent.DocId));
        return ExitCode.Done;
    }

    private static Envelope Package(Envelope document, HandlingStatus status, Organ recipient, Arguments arguments, Session session)
    {
        var (from, to) = status.ReportedBy == StatusReporter.Sender ? (document.From, recipient) : (recipient, document.From);
        return new Envelope
        {
            Kind = MessageKind.Status,
            From = from,
            ResponseFor = [new Reference(to.OrganId, document.Code, document.PromulgationDate, document.DocumentId)],
            Status = new StatusReport(
                status.Text, arguments["--reason"] ?? status.Vietnamese, VietnamTime.Write(session.Time.GetUtcNow()),
                arguments["--staff"] is { } staff ? new StaffInfo(arguments["--department"], staff, null, null) : null),
        };
    }

    /// <summary>The code under which the document addresses the system, which may be registered under the agency's earlier one.</summary>
    private static async Task<string> OwnCodeAsync(VxpClient exchange, Envelope document, string systemId, CancellationToken ct)
    {
        if (document.To.Count < 2 || document.To.Any(organ => Same(organ.OrganId, systemId))) return systemId;
        var agencies = await exchange.AgenciesAsync(ct).ConfigureAwait(false);
        var own = agencies.Value?.FirstOrDefault(agency => Same(agency.Code, systemId) || Same(agency.OldCode, systemId));
        return own is null ? systemId : document.To.Any(organ => Same(organ.OrganId, own.Code)) ? own.Code : own.OldCode;
    }

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The recipient of the document that the status is about: named, the system's own agency, or the only one.</summary>
    private static Organ Recipient(Envelope document, string? named, string option, string systemId)
    {
        if (named is not null) return document.To.FirstOrDefault(organ => Same(organ.OrganId, named)) ?? new Organ(named);
        return document.To.FirstOrDefault(organ => Same(organ.OrganId, systemId)) ?? (document.To is [var only] ? only : null)
            ?? throw CommandFailed.Usage(
                $"The document has several receivers; write {option} CODE: {string.Join(", ", document.To.Select(organ => organ.OrganId))}.",
                $"Văn bản có nhiều nơi nhận; hãy viết {option} CODE.");
    }

    private static async Task<byte[]> FetchAsync(VxpClient exchange, string docId, CancellationToken ct)
    {
        using var bytes = new MemoryStream();
        Session.Granted(await exchange.FetchAsync(docId, bytes, ct).ConfigureAwait(false));
        return bytes.ToArray();
    }

    private static Envelope Read(byte[] package)
    {
        var envelope = PackageReader.Read(package, PackageLimits.Default with { MaxPackageBytes = long.MaxValue }).Envelope;
        return envelope is { Kind: MessageKind.Document }
            ? envelope
            : throw CommandFailed.Usage("That package is no document: only documents have a status.", "Gói này không phải văn bản: chỉ văn bản mới có trạng thái.");
    }
}
